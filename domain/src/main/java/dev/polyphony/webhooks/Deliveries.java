package dev.polyphony.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The work of sending, shared by all nodes. A claim leases the whole endpoint, so one endpoint has at most one delivery in
 * flight; when its holder dies, the lease runs out and the delivery is claimed again.
 */
public interface Deliveries {
    /**
     * Claims the earliest due delivery of each of at most {@code limit} endpoints that are not leased, those first that
     * waited longest. Counts the attempt.
     *
     * @param lease how long nobody else may take deliveries of these endpoints, by the monotonic clock of whoever else looks;
     *     longer than any call takes
     */
    List<Claim> claim(int limit, Duration lease);

    /** The receiver accepted it. Also recorded when the lease has run out meanwhile, for it is true. */
    void delivered(Claim claim, Attempt attempt);

    /** The attempt failed; the next is due after {@code wait}. Ignored when the lease has run out and was given away. */
    void retry(Claim claim, Attempt attempt, Duration wait);

    /** The last attempt failed. Ignored when the lease has run out and was given away. */
    void giveUp(Claim claim, Attempt attempt);

    /** How long until the next delivery becomes due that is not due yet; empty when there is none. */
    Optional<Duration> untilNextDue();

    /**
     * A delivery that the claimer must now attempt and then record.
     *
     * @param subscription as the table says; {@link SigningSecrets} tells whether it is what was registered
     * @param tenant whose event it is, as the table says
     * @param token tells this claim from every other claim of the endpoint
     * @param attempt counts from 1
     * @param json the payload as it is stored; {@link Payloads} decrypts it
     */
    record Claim(
            DeliveryId deliveryId,
            Subscription subscription,
            String tenant,
            UUID token,
            int attempt,
            String eventName,
            Instant occurredAt,
            String json) {
        public WebhookEndpointId endpointId() {
            return subscription.endpointId();
        }

        public String url() {
            return subscription.url();
        }

        /** Whether the event is one that the subscription asks for. */
        public boolean isSubscribed() {
            return subscription.includes(tenant, eventName);
        }
    }

    /**
     * How one attempt went.
     *
     * @param statusCode the HTTP status of the answer; null when none came
     * @param error what went wrong, in words for the endpoint's owner; null when nothing did
     */
    record Attempt(@Nullable Integer statusCode, @Nullable String error, Duration duration) {}
}
