package dev.polyphony.workflows;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.NodeId;
import dev.polyphony.workflows.StepPolicy.OnError;
import dev.polyphony.workflows.WorkflowRunCommand.BeginStep;
import dev.polyphony.workflows.WorkflowRunCommand.CancelRun;
import dev.polyphony.workflows.WorkflowRunCommand.CompleteStep;
import dev.polyphony.workflows.WorkflowRunCommand.FailAttempt;
import dev.polyphony.workflows.WorkflowRunCommand.StartRun;
import dev.polyphony.workflows.WorkflowRunCommand.TakeOverRun;
import dev.polyphony.workflows.WorkflowRunEvent.RunTakenOver;
import dev.polyphony.workflows.WorkflowRunEvent.StepAttemptFailed;
import dev.polyphony.workflows.WorkflowRunEvent.StepCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.StepFailed;
import dev.polyphony.workflows.WorkflowRunEvent.StepQueued;
import dev.polyphony.workflows.WorkflowRunEvent.StepStarted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowCancelled;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowFailed;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowStarted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** One execution of a definition: decides which steps may start, which answers count, and what follows a failure. */
@AggregateRoot(type = "workflow")
@SuppressWarnings("NullAway.Init") // Axon fills the fields by replaying events
public class WorkflowRun {
    /**
     * How far a step of a run has come.
     *
     * @param attempt the newest one; 0 before the step is queued
     * @param begun how many attempts began
     * @param failures how many attempts failed, as opposed to those that ended with their process
     */
    private record StepProgress(int attempt, int begun, int failures, State state) {
        private static final StepProgress NONE = new StepProgress(0, 0, 0, State.PENDING);

        private enum State {
            PENDING,
            QUEUED,
            RUNNING,
            ATTEMPT_FAILED,
            COMPLETED,
            FAILED
        }

        private StepProgress queued(int newAttempt) {
            return new StepProgress(newAttempt, begun, failures, State.QUEUED);
        }

        private StepProgress started() {
            return new StepProgress(attempt, begun + 1, failures, State.RUNNING);
        }

        private StepProgress attemptFailed() {
            return new StepProgress(attempt, begun, failures + 1, State.ATTEMPT_FAILED);
        }

        private StepProgress completed() {
            return new StepProgress(attempt, begun, failures, State.COMPLETED);
        }

        private StepProgress failed() {
            return new StepProgress(attempt, begun, failures, State.FAILED);
        }

        private boolean isFinished() {
            return state == State.COMPLETED || state == State.FAILED;
        }

        private boolean mayBegin(StepPolicy policy) {
            return begun < policy.maxAttempts();
        }

        private boolean mayBeRetried(StepPolicy policy) {
            return failures <= policy.retries() && mayBegin(policy);
        }
    }

    private enum End {
        COMPLETED,
        FAILED,
        CANCELLED
    }

    @AggregateIdentifier
    private WorkflowRunId id;

    private DataSubject subject;
    private NodeId node;
    private RunOptions.Priority priority;
    private List<StepSpec> definition;
    private Map<String, StepProgress> steps = new LinkedHashMap<>();
    private @Nullable End end;

    protected WorkflowRun() {}

    /** Starting a run again, as after a try whose reply was lost, changes nothing. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(StartRun command) {
        if (id != null) {
            return;
        }
        apply(new WorkflowStarted(
                command.workflowId(),
                command.tenant(),
                command.subject(),
                command.definition(),
                command.input(),
                command.options(),
                command.node()));
        goOn();
    }

    @CommandHandler
    void handle(BeginStep command) {
        requireCurrent(command.step(), command.attempt(), StepProgress.State.QUEUED);
        apply(new StepStarted(id, subject, command.step(), command.attempt(), command.input()));
    }

    @CommandHandler
    void handle(CompleteStep command) {
        requireCurrent(command.step(), command.attempt(), StepProgress.State.RUNNING);
        apply(new StepCompleted(
                id,
                subject,
                command.step(),
                step(command.step()).performer(),
                command.attempt(),
                command.output(),
                command.usage(),
                command.attempts()));
        goOn();
    }

    @CommandHandler
    void handle(FailAttempt command) {
        requireCurrent(command.step(), command.attempt(), StepProgress.State.RUNNING);
        StepSpec step = step(command.step());
        apply(new StepAttemptFailed(
                id,
                subject,
                step.name(),
                step.performer(),
                command.attempt(),
                command.problem(),
                command.reason(),
                command.attempts()));
        if (progress(step).mayBeRetried(step.policy())) {
            queue(step);
        } else {
            giveUp(step, command.problem(), command.reason());
            goOn();
        }
    }

    // Created if missing, so that an id which was never used is refused with our error and not with Axon's.
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CancelRun command) {
        if (subject == null || !subject.tenant().equals(command.tenant())) {
            throw WorkflowProblem.WORKFLOW_NOT_FOUND.because("There is no run '" + command.workflowId() + "'.");
        }
        if (end == End.COMPLETED || end == End.FAILED) {
            throw WorkflowProblem.RUN_NOT_CANCELLABLE.because("The run '" + id + "' has already "
                    + end.name().toLowerCase(Locale.ROOT)
                    + "; only a run that is triggered or running can be cancelled.");
        }
        if (end == null) {
            apply(new WorkflowCancelled(id));
        }
    }

    @CommandHandler
    void handle(TakeOverRun command) {
        requireOpen();
        if (!node.equals(command.from())) {
            throw WorkflowProblem.RUN_OWNED_ELSEWHERE.because(
                    "workflow " + id + " belongs to " + node + ", not to " + command.from());
        }
        apply(new RunTakenOver(id, command.from(), command.node()));
        List<StepSpec> unfinished = definition.stream()
                .filter(step -> steps.containsKey(step.name()) && !isFinished(step))
                .toList();
        unfinished.stream()
                .filter(step -> !progress(step).mayBegin(step.policy()))
                .forEach(this::giveUpForGood);
        if (end == null) {
            unfinished.stream()
                    .filter(step -> progress(step).mayBegin(step.policy()))
                    .forEach(this::queue);
        }
        goOn();
    }

    private void giveUpForGood(StepSpec step) {
        String reason = "Step '" + step.name() + "' was begun " + progress(step).begun()
                + " times, the most that its policy allows, and its process ended in the last attempt.";
        giveUp(step, WorkflowProblem.STEP_ATTEMPTS_EXHAUSTED.name(), reason);
    }

    /** Once the run has failed there is nothing more to say about its other steps. */
    private void giveUp(StepSpec step, @Nullable String problem, String reason) {
        if (end != null) {
            return;
        }
        int attempt = progress(step).attempt();
        apply(new StepFailed(id, subject, step.name(), step.performer(), attempt, problem, reason));
        if (step.policy().onError() == OnError.FAIL_RUN) {
            apply(new WorkflowFailed(id, subject, step.name(), problem, reason));
        }
    }

    private void goOn() {
        if (end != null) {
            return;
        }
        if (definition.stream().allMatch(this::isFinished)) {
            apply(new WorkflowCompleted(id));
            return;
        }
        definition.stream()
                .filter(step -> !steps.containsKey(step.name())
                        && step.after().stream().map(this::step).allMatch(this::isFinished))
                .toList()
                .forEach(this::queue);
    }

    private void queue(StepSpec step) {
        int attempt = progress(step).attempt() + 1;
        apply(new StepQueued(id, step.name(), step.performer(), attempt, node, priority));
    }

    private void requireCurrent(String step, int attempt, StepProgress.State state) {
        requireOpen();
        StepProgress progress = steps.get(step);
        if (progress == null || progress.attempt() != attempt || progress.state() != state) {
            throw WorkflowProblem.STEP_ATTEMPT_OUTDATED.because("attempt " + attempt + " of step " + step
                    + " of workflow " + id + " is no longer awaited; the step is at " + progress);
        }
    }

    private void requireOpen() {
        if (end != null) {
            throw WorkflowProblem.RUN_ENDED.because("workflow " + id + " has ended");
        }
    }

    private StepSpec step(String name) {
        return definition.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private StepProgress progress(StepSpec step) {
        return steps.getOrDefault(step.name(), StepProgress.NONE);
    }

    /** A step that failed is finished where the run goes on without it; elsewhere the run has ended. */
    private boolean isFinished(StepSpec step) {
        return progress(step).isFinished();
    }

    @EventSourcingHandler
    void on(WorkflowRunEvent event) {
        switch (event) {
            case WorkflowStarted started -> {
                id = started.workflowId();
                subject = started.subject();
                node = started.node();
                priority = started.options().priority();
                definition = started.definition().steps();
            }
            case StepQueued queued -> change(queued.step(), step -> step.queued(queued.attempt()));
            case StepStarted started -> change(started.step(), StepProgress::started);
            case StepCompleted completed -> change(completed.step(), StepProgress::completed);
            case StepAttemptFailed failed -> change(failed.step(), StepProgress::attemptFailed);
            case StepFailed failed -> change(failed.step(), StepProgress::failed);
            case RunTakenOver taken -> node = taken.node();
            case WorkflowCompleted _ -> end = End.COMPLETED;
            case WorkflowFailed _ -> end = End.FAILED;
            case WorkflowCancelled _ -> end = End.CANCELLED;
        }
    }

    private void change(String step, UnaryOperator<StepProgress> change) {
        steps.put(step, change.apply(steps.getOrDefault(step, StepProgress.NONE)));
    }
}
