package dev.polyphony.platform.axon;

import dev.polyphony.shared.Rejection;
import java.time.Duration;
import java.util.Optional;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * Retries a command on the newest state. A failure has evicted this node's copy of the aggregate.
 *
 * @param singleNode whether no other node can have changed an aggregate, so that a rejection is final
 */
record ConflictRetryPolicy(boolean singleNode) implements CommandRetryScheduler.Policy {
    private static final int MAX_CONFLICTS = 5;
    private static final Duration RETRY_DELAY = Duration.ofMillis(5);

    @Override
    public Optional<Duration> delay(RuntimeException failure, int failures) {
        boolean retry = switch (failure) {
            case ConcurrencyException _ -> failures <= MAX_CONFLICTS;
            case AggregateStreamCreationException _ -> failures == 1;
            case Rejection _ -> failures == 1 && !singleNode;
            default -> false;
        };
        return retry ? Optional.of(RETRY_DELAY) : Optional.empty();
    }
}
