package dev.polyphony.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polyphony.audit.AuditEntry;
import dev.polyphony.audit.AuditTrail;
import dev.polyphony.audit.web.RequestFollowUps.FollowUps;
import dev.polyphony.identity.Caller;
import dev.polyphony.platform.security.RequiredScope;
import dev.polyphony.webhooks.DeliveryQueries.DeliveryView;
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
    private final RequestFollowUps followUps;

    EventController(AuditTrail trail, RequestFollowUps followUps) {
        this.trail = trail;
        this.followUps = followUps;
    }

    /**
     * A page of the history.
     *
     * @param items the newest first
     * @param nextCursor send it as {@code cursor} to get the next page; null on the last page
     * @param deliveries of all events of the request to webhooks, whatever the page; only with {@code correlation_id}
     * @param providerCalls calls of models that the request led to, the oldest first; only with {@code correlation_id}
     */
    record EventPage(
            List<AuditEntry> items,
            @Nullable String nextCursor,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<DeliveryView> deliveries,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<ProviderCall> providerCalls) {}

    /**
     * Lists events, the newest first. Only those of the key's tenant; all filters apply together. With {@code correlation_id}, everything about
     * one request: also what was sent to webhooks, and which models were called.
     */
    @GetMapping
    @RolesAllowed("ADMIN")
    @RequiredScope("history:read")
    EventPage listEvents(@Valid @ParameterObject EventFilter filter, Caller caller) {
        List<AuditEntry> events = trail.list(filter.query(caller.tenant(), filter.most() + 1));
        boolean more = events.size() > filter.most();
        List<AuditEntry> items = more ? events.subList(0, filter.most()) : events;
        String next = more ? String.valueOf(items.getLast().position()) : null;
        if (filter.correlationId() == null) {
            return new EventPage(items, next, null, null);
        }
        FollowUps found = followUps.of(caller.tenant(), filter.correlationId());
        return new EventPage(items, next, found.deliveries(), found.providerCalls());
    }
}
