package dev.polyphony.webhooks.delivery;

import dev.polyphony.webhooks.Deliveries.Attempt;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt went.
 *
 * @param retryAfter how long the receiver asked us to stay away; zero when it did not ask
 */
record Sent(Attempt attempt, Duration retryAfter) {
    static Sent accepted(int statusCode, Duration took) {
        return new Sent(new Attempt(statusCode, null, took), Duration.ZERO);
    }

    static Sent failed(@Nullable Integer statusCode, String error, Duration took) {
        return new Sent(new Attempt(statusCode, error, took), Duration.ZERO);
    }

    Sent askingToWait(Duration wait) {
        return new Sent(attempt, wait);
    }

    boolean isAccepted() {
        return attempt.error() == null;
    }
}
