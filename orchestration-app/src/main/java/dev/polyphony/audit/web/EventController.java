package dev.polyphony.audit.web;

import dev.polyphony.audit.AuditEntry;
import dev.polyphony.audit.AuditTrail;
import dev.polyphony.identity.Caller;
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
@RequestMapping("/api/v1/events")
class EventController {
    private final AuditTrail trail;

    EventController(AuditTrail trail) {
        this.trail = trail;
    }

    /** @param nextCursor send it as {@code cursor} to get the next page; null on the last page */
    record EventPage(List<AuditEntry> items, @Nullable String nextCursor) {}

    /** The newest first. */
    @GetMapping
    @RolesAllowed("ADMIN")
    EventPage list(@Valid @ParameterObject EventFilter filter, Caller caller) {
        List<AuditEntry> found = trail.list(filter.query(caller.tenant(), filter.most() + 1));
        boolean more = found.size() > filter.most();
        List<AuditEntry> items = more ? found.subList(0, filter.most()) : found;
        return new EventPage(items, more ? String.valueOf(items.getLast().position()) : null);
    }
}
