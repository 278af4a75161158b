package dev.polyphony.webhooks.delivery;

import dev.polyphony.webhooks.Deliveries.Attempt;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt went.
 *
 * @param retryAfter how long the receiver asked us to stay away; zero when it did not ask
 */
record DeliveryResult(Attempt attempt, Duration retryAfter) {
    static DeliveryResult accepted(int statusCode, Duration took) {
        return new DeliveryResult(new Attempt(statusCode, null, took), Duration.ZERO);
    }

    static DeliveryResult failed(@Nullable Integer statusCode, String error, Duration took) {
        return new DeliveryResult(new Attempt(statusCode, error, took), Duration.ZERO);
    }

    DeliveryResult askingToWait(Duration wait) {
        return new DeliveryResult(attempt, wait);
    }

    boolean isAccepted() {
        return attempt.error() == null;
    }
}
