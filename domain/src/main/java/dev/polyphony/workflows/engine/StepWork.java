package dev.polyphony.workflows.engine;

import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.shared.Json;
import dev.polyphony.shared.Problem;
import dev.polyphony.shared.Rejection;
import dev.polyphony.workflows.ModelUsage;
import dev.polyphony.workflows.WorkflowRunCommand;
import dev.polyphony.workflows.WorkflowRunCommand.BeginStep;
import dev.polyphony.workflows.WorkflowRunCommand.CompleteStep;
import dev.polyphony.workflows.WorkflowRunCommand.FailAttempt;
import dev.polyphony.workflows.WorkflowRunEvent.StepQueued;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One attempt at one step, ready to be begun: what it is given is known, and nothing is done yet. */
public final class StepWork {
    private final StepQueued queued;
    private final Json input;
    private final Supplier<Outcome> work;

    StepWork(StepQueued queued, Json input, Supplier<Outcome> work) {
        this.queued = queued;
        this.input = input;
        this.work = work;
    }

    /** How an attempt ended. */
    sealed interface Outcome {
        record Done(Json output, @Nullable ModelUsage usage, List<ModelAttempt> attempts) implements Outcome {}

        record Failed(@Nullable Problem problem, String reason, List<ModelAttempt> attempts) implements Outcome {}
    }

    /** An attempt that fails as soon as it has begun. */
    public static StepWork failing(StepQueued queued, @Nullable Problem problem, String reason) {
        return new StepWork(queued, Json.NULL, () -> new Outcome.Failed(problem, reason, List.of()));
    }

    /** The command to send before the work is done. */
    public BeginStep begin() {
        return new BeginStep(queued.workflowId(), queued.step(), queued.attempt(), input);
    }

    /** Blocks until the work is done and returns the command that reports it. */
    public WorkflowRunCommand perform() {
        return switch (outcome()) {
            case Outcome.Done(Json output, var usage, var attempts) ->
                new CompleteStep(queued.workflowId(), queued.step(), queued.attempt(), output, usage, attempts);
            case Outcome.Failed(var problem, String reason, var attempts) ->
                new FailAttempt(
                        queued.workflowId(),
                        queued.step(),
                        queued.attempt(),
                        problem == null ? null : problem.name(),
                        printable(reason),
                        attempts);
        };
    }

    private Outcome outcome() {
        try {
            return work.get();
        } catch (Rejection refused) {
            return new Outcome.Failed(refused.problem(), String.valueOf(refused.getMessage()), List.of());
        }
    }

    /** Other people's words may hold a NUL, which PostgreSQL stores in no text. */
    private static String printable(String reason) {
        return reason.replace('\0', '\uFFFD');
    }
}
