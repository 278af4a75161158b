package dev.polyphony.audit.web;

import dev.polyphony.audit.AuditEntry;
import dev.polyphony.audit.AuditQuery;
import dev.polyphony.audit.AuditTrail;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.RecentCalls;
import dev.polyphony.shared.Json;
import dev.polyphony.shared.JsonValues;
import dev.polyphony.shared.TenantId;
import dev.polyphony.webhooks.DeliveryQueries;
import dev.polyphony.webhooks.DeliveryQueries.DeliveryView;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a request led to besides its events: the deliveries of them to webhooks, and the calls of models. */
@Component
class RequestFollowUps {
    /** Of the events of one request, the newest so many are looked at. */
    private static final int MAX_EVENTS = 1000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AuditTrail trail;
    private final DeliveryQueries deliveries;
    private final RecentCalls calls;
    private final JsonValues values;

    RequestFollowUps(AuditTrail trail, DeliveryQueries deliveries, RecentCalls calls, JsonValues values) {
        this.trail = trail;
        this.deliveries = deliveries;
        this.calls = calls;
        this.values = values;
    }

    record FollowUps(List<DeliveryView> deliveries, List<ProviderCall> providerCalls) {}

    /** The part of a step's payload that tells of calls; events that have no such part tell of none. */
    record Calls(@Nullable String step, @Nullable List<ModelAttempt> attempts) {}

    FollowUps of(TenantId tenant, String correlationId) {
        List<AuditEntry> events =
                trail.list(new AuditQuery(tenant, null, null, null, null, correlationId, null, null, MAX_EVENTS));
        return new FollowUps(
                deliveries.ofEvents(
                        tenant, events.stream().map(AuditEntry::eventId).toList()),
                calls(events, calls.of(tenant, correlationId)));
    }

    private List<ProviderCall> calls(List<AuditEntry> events, List<ModelAttempt> remembered) {
        List<ProviderCall> told = events.stream().flatMap(this::told).toList();
        Stream<ProviderCall> untold = remembered.stream()
                .filter(attempt -> told.stream().noneMatch(call -> call.isSameAs(attempt)))
                .map(attempt -> ProviderCall.of(attempt, null, null));
        return Stream.concat(told.stream(), untold)
                .sorted(Comparator.comparing(ProviderCall::startedAt))
                .toList();
    }

    private Stream<ProviderCall> told(AuditEntry event) {
        JsonNode payload = JSON.readTree(event.payload());
        if (!payload.path("attempts").isArray()) {
            return Stream.empty();
        }
        // What a provider said about a failure is encrypted there.
        payload.path("attempts").forEach(attempt -> ((ObjectNode) attempt).remove("error"));
        ObjectNode told = JSON.createObjectNode();
        told.set("step", payload.path("step"));
        told.set("attempts", payload.path("attempts"));
        Calls found = values.read(new Json(told.toString()), Calls.class);
        return Objects.requireNonNullElse(found.attempts(), List.<ModelAttempt>of()).stream()
                .map(attempt -> ProviderCall.of(attempt, event.position(), found.step()));
    }
}
