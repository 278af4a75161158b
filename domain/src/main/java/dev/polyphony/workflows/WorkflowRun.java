package dev.polyphony.workflows;

import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.NodeId;
import dev.polyphony.workflows.WorkflowRunCommand.BeginStep;
import dev.polyphony.workflows.WorkflowRunCommand.CompleteStep;
import dev.polyphony.workflows.WorkflowRunCommand.FailStep;
import dev.polyphony.workflows.WorkflowRunCommand.StartRun;
import dev.polyphony.workflows.WorkflowRunCommand.TakeOverRun;
import dev.polyphony.workflows.WorkflowRunEvent.RunTakenOver;
import dev.polyphony.workflows.WorkflowRunEvent.StepCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.StepFailed;
import dev.polyphony.workflows.WorkflowRunEvent.StepQueued;
import dev.polyphony.workflows.WorkflowRunEvent.StepStarted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowFailed;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowStarted;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** One execution of a definition: decides which steps may start, and which answers still count. */
@AggregateRoot(type = "workflow")
@SuppressWarnings("NullAway.Init") // Axon fills the fields by replaying events
public class WorkflowRun {
    private enum Progress {
        QUEUED,
        RUNNING,
        COMPLETED
    }

    private record StepState(int attempt, Progress progress) {}

    @AggregateIdentifier
    private WorkflowRunId id;

    private DataSubject subject;
    private NodeId node;
    private RunInput.Priority priority;
    private List<StepDefinition> definition;
    private Map<String, StepState> steps = new LinkedHashMap<>();
    private boolean ended;

    protected WorkflowRun() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    void handle(StartRun command) {
        apply(new WorkflowStarted(
                command.workflowId(),
                command.tenant(),
                command.subject(),
                command.definition(),
                command.input(),
                command.node()));
        queueReadySteps();
    }

    @CommandHandler
    void handle(BeginStep command) {
        requireCurrent(command.step(), command.attempt(), Progress.QUEUED);
        apply(new StepStarted(id, command.step(), command.attempt()));
    }

    @CommandHandler
    void handle(CompleteStep command) {
        requireCurrent(command.step(), command.attempt(), Progress.RUNNING);
        StepDefinition step = step(command.step());
        apply(new StepCompleted(id, subject, step.name(), step.agent(), command.attempt(), command.output()));
        if (definition.stream().allMatch(each -> isCompleted(each.name()))) {
            apply(new WorkflowCompleted(id));
        } else {
            queueReadySteps();
        }
    }

    @CommandHandler
    void handle(FailStep command) {
        requireCurrent(command.step(), command.attempt(), Progress.RUNNING);
        StepDefinition step = step(command.step());
        apply(new StepFailed(
                id,
                subject,
                step.name(),
                step.agent(),
                command.attempt(),
                command.problem(),
                command.reason(),
                command.attempts()));
        apply(new WorkflowFailed(id, subject, step.name(), command.problem(), command.reason()));
    }

    @CommandHandler
    void handle(TakeOverRun command) {
        requireOpen();
        if (!node.equals(command.from())) {
            throw WorkflowProblem.RUN_OWNED_ELSEWHERE.because(
                    "workflow " + id + " belongs to " + node + ", not to " + command.from());
        }
        apply(new RunTakenOver(id, command.from(), command.node()));
        definition.stream()
                .filter(step -> steps.containsKey(step.name()) && !isCompleted(step.name()))
                .forEach(step -> queue(step, state(step.name()).attempt() + 1));
    }

    private void queueReadySteps() {
        definition.stream()
                .filter(step ->
                        !steps.containsKey(step.name()) && step.after().stream().allMatch(this::isCompleted))
                .toList()
                .forEach(step -> queue(step, 1));
    }

    private void queue(StepDefinition step, int attempt) {
        apply(new StepQueued(id, step.name(), step.agent(), attempt, node, priority));
    }

    private void requireCurrent(String step, int attempt, Progress progress) {
        requireOpen();
        if (!new StepState(attempt, progress).equals(steps.get(step))) {
            throw WorkflowProblem.STEP_ATTEMPT_OUTDATED.because("attempt " + attempt + " of step " + step
                    + " of workflow " + id + " is no longer awaited; the step is at " + steps.get(step));
        }
    }

    private void requireOpen() {
        if (ended) {
            throw WorkflowProblem.RUN_ENDED.because("workflow " + id + " has ended");
        }
    }

    private StepDefinition step(String name) {
        return definition.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private StepState state(String step) {
        return steps.getOrDefault(step, new StepState(0, Progress.QUEUED));
    }

    private boolean isCompleted(String step) {
        return state(step).progress() == Progress.COMPLETED;
    }

    @EventSourcingHandler
    void on(WorkflowRunEvent event) {
        switch (event) {
            case WorkflowStarted started -> {
                id = started.workflowId();
                subject = started.subject();
                node = started.node();
                priority = started.input().priority();
                definition = started.definition().steps();
            }
            case StepQueued queued -> steps.put(queued.step(), new StepState(queued.attempt(), Progress.QUEUED));
            case StepStarted begun -> steps.put(begun.step(), new StepState(begun.attempt(), Progress.RUNNING));
            case StepCompleted done -> steps.put(done.step(), new StepState(done.attempt(), Progress.COMPLETED));
            case RunTakenOver adopted -> node = adopted.node();
            case StepFailed _ -> {}
            case WorkflowCompleted _, WorkflowFailed _ -> ended = true;
        }
    }
}
