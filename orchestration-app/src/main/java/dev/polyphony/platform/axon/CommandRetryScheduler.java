package dev.polyphony.platform.axon;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.RetryScheduler;

/**
 * Sends a command again while its policy allows it. Axon's own schedulers have one maximum for all failures, where ours differs from
 * failure to failure, and log each failure's message, which may quote personal data.
 */
public final class CommandRetryScheduler implements RetryScheduler {
    private final Policy policy;
    private final ScheduledExecutorService timer;

    public CommandRetryScheduler(String name, Policy policy) {
        this.policy = policy;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name(name).factory());
    }

    @Override
    @SuppressWarnings({"rawtypes", "FutureReturnValueIgnored"
    }) // the signature is Axon's; the command answers its own caller
    public boolean scheduleRetry(
            CommandMessage command,
            RuntimeException failure,
            List<Class<? extends Throwable>[]> failures,
            Runnable dispatch) {
        Optional<Duration> delay = policy.delay(failure, failures.size());
        delay.ifPresent(wait -> timer.schedule(dispatch, wait.toMillis(), TimeUnit.MILLISECONDS));
        return delay.isPresent();
    }

    /** Decides after each failure. */
    @FunctionalInterface
    public interface Policy {
        /**
         * How long to wait before the next try; empty when there is none.
         *
         * @param failures how often the command has failed, from 1
         */
        Optional<Duration> delay(RuntimeException failure, int failures);
    }
}
