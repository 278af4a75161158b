package dev.polyphony.workflows.automation;

import dev.polyphony.platform.axon.CommandRetryScheduler;
import dev.polyphony.shared.Rejection;
import java.time.Duration;
import java.util.Optional;

/**
 * Reports again until the history takes it: work that was paid for is not thrown away because the database was gone for a while.
 * Only a refusal ends it, and the second one where another node may have made the first out of date.
 *
 * @param alone whether no other node can have changed a run
 */
public record ReportRetryPolicy(boolean alone) implements CommandRetryScheduler.Policy {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Override
    public Optional<Duration> delay(RuntimeException failure, int failures) {
        boolean isLastWord = failure instanceof Rejection && (alone || failures >= 2);
        return isLastWord ? Optional.empty() : Optional.of(PAUSE);
    }
}
