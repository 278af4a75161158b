package dev.polyphony.audit.web;

import dev.polyphony.audit.AuditEntry;
import dev.polyphony.audit.AuditTrail;
import dev.polyphony.identity.Caller;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The history, for operators. */
@RestController
@Tag(name = "History", description = "Everything that has happened, and the proof that nobody has changed it.")
@RequestMapping("/api/v1/events")
class EventController {
    private final AuditTrail trail;

    EventController(AuditTrail trail) {
        this.trail = trail;
    }

    /**
     * A page of the history.
     *
     * @param items the newest first
     * @param nextCursor send it as {@code cursor} to get the next page; null on the last page
     */
    record EventPage(List<AuditEntry> items, @Nullable String nextCursor) {}

    /** Lists events, the newest first. Only those of the key's tenant; all filters apply together. */
    @GetMapping
    @RolesAllowed("ADMIN")
    EventPage listEvents(@Valid @ParameterObject EventFilter filter, Caller caller) {
        List<AuditEntry> found = trail.list(filter.query(caller.tenant(), filter.most() + 1));
        boolean more = found.size() > filter.most();
        List<AuditEntry> items = more ? found.subList(0, filter.most()) : found;
        return new EventPage(items, more ? String.valueOf(items.getLast().position()) : null);
    }
}
