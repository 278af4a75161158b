package dev.polyphony.platform.axon;

import dev.polyphony.shared.Rejection;
import java.time.Duration;
import java.util.Optional;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * Lets a command decide again on the newest state. A failure has thrown this node's copy of the aggregate away.
 *
 * @param alone whether no other node can have changed an aggregate, so that a refusal is the last word
 */
record ConflictRetryPolicy(boolean alone) implements CommandRetryScheduler.Policy {
    private static final int LOST_RACES = 5;
    private static final Duration PAUSE = Duration.ofMillis(5);

    @Override
    public Optional<Duration> pause(RuntimeException failure, int failures) {
        boolean again = switch (failure) {
            case ConcurrencyException _ -> failures <= LOST_RACES;
            case AggregateStreamCreationException _ -> failures == 1;
            case Rejection _ -> failures == 1 && !alone;
            default -> false;
        };
        return again ? Optional.of(PAUSE) : Optional.empty();
    }
}
