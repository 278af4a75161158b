package dev.polyphony.webhooks;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.polyphony.shared.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Proof of what was sent and how it was received. */
public interface DeliveryQueries {
    int MAX_DELIVERIES = 200;

    /**
     * The endpoint's deliveries, latest event first; also those of an endpoint that was removed.
     *
     * @param limit 1 to {@link #MAX_DELIVERIES}
     */
    List<DeliveryView> newestFirst(TenantId tenant, WebhookEndpointId endpointId, int limit);

    /**
     * The deliveries of these events to all endpoints, in the order of the history; at most {@link #MAX_DELIVERIES}.
     *
     * @param eventIds their identifiers in the history
     */
    List<DeliveryView> ofEvents(TenantId tenant, Collection<String> eventIds);

    /** What becomes of a delivery. */
    enum State {
        /** Waits for its first or next attempt, or is being sent. */
        PENDING,
        /** The receiver answered 2xx. */
        DELIVERED,
        /** Every attempt failed. */
        FAILED,
        /** The endpoint was removed first. */
        CANCELLED;

        /** As it is stored and shown. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The delivery of one event to one endpoint.
     *
     * @param id names the delivery
     * @param endpointId the endpoint that gets it
     * @param webhookId the {@code webhook-id} header of all its attempts
     * @param eventId the event's id, as in the history
     * @param eventPosition the event's position in the history
     * @param event the event's name, such as {@code workflow.completed}
     * @param occurredAt when the event happened
     * @param state what became of it
     * @param attempts how often it was tried
     * @param nextAttemptAt when it is tried next; null unless pending
     * @param lastAttemptAt when it was tried last; null when it was not yet
     * @param statusCode the last answer's HTTP status; null when none came
     * @param error why the last attempt failed; null when it did not
     * @param durationMs how long the last attempt took, in milliseconds; null when there was none
     * @param deliveredAt when the receiver accepted it; null when it has not
     */
    record DeliveryView(
            DeliveryId id,
            WebhookEndpointId endpointId,
            String webhookId,
            String eventId,
            long eventPosition,
            String event,
            Instant occurredAt,
            State state,
            int attempts,
            @Nullable Instant nextAttemptAt,
            @Nullable Instant lastAttemptAt,
            @Nullable Integer statusCode,
            @Nullable String error,
            @Nullable Integer durationMs,
            @Nullable Instant deliveredAt) {}
}
