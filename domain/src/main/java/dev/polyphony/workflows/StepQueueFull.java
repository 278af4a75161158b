package dev.polyphony.workflows;

import dev.polyphony.shared.Rejection;
import java.time.Duration;

/** A new run is refused for now; those that were accepted go on. */
public final class StepQueueFull extends Rejection {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    public StepQueueFull(int waiting) {
        super(
                WorkflowProblem.STEP_QUEUE_FULL,
                "The run was not accepted: " + waiting + " steps of others wait on this server. Try again later.");
    }

    @Override
    public Duration retryAfter() {
        return RETRY_AFTER;
    }
}
