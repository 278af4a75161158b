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
import java.util.stream.Stream;
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

    FollowUps of(TenantId tenant, String correlationId) {
        List<AuditEntry> events =
                trail.list(new AuditQuery(tenant, null, null, null, null, correlationId, null, null, MAX_EVENTS));
        return new FollowUps(
                deliveries.ofEvents(
                        tenant, events.stream().map(AuditEntry::eventId).toList()),
                calls(events, calls.of(tenant, correlationId)));
    }

    private List<ProviderCall> calls(List<AuditEntry> events, List<ModelAttempt> remembered) {
        List<ProviderCall> reported = events.stream().flatMap(this::reported).toList();
        Stream<ProviderCall> unreported = remembered.stream()
                .filter(attempt -> reported.stream().noneMatch(call -> call.isSameAs(attempt)))
                .map(attempt -> ProviderCall.of(attempt, null, null));
        return Stream.concat(reported.stream(), unreported)
                .sorted(Comparator.comparing(ProviderCall::startedAt))
                .toList();
    }

    private Stream<ProviderCall> reported(AuditEntry event) {
        JsonNode payload = JSON.readTree(event.payload());
        JsonNode attempts = payload.path("attempts");
        String step = payload.path("step").stringValue(null);
        return !attempts.isArray()
                ? Stream.empty()
                : attempts.valueStream().map(attempt -> ProviderCall.of(attempt(attempt), event.position(), step));
    }

    /** Without what a provider said about a failure, which is encrypted there. */
    private ModelAttempt attempt(JsonNode stored) {
        return values.read(new Json(((ObjectNode) stored).without("error").toString()), ModelAttempt.class);
    }
}
