package dev.polyphony.workflows.engine;

import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.Json;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.RunOptions;
import dev.polyphony.workflows.StepSpec;
import dev.polyphony.workflows.WorkflowDefinition;
import dev.polyphony.workflows.WorkflowRunEvent;
import dev.polyphony.workflows.WorkflowRunEvent.StepCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowStarted;
import dev.polyphony.workflows.WorkflowRunId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A run as its events tell it.
 *
 * @param tenant whose it is
 * @param definition what it follows
 * @param input what it is about
 * @param completed the steps that are done, in the order in which they ended
 * @param erased whether its data subject was erased, so that its texts are gone
 */
public record RunState(
        WorkflowRunId workflowId,
        TenantId tenant,
        WorkflowDefinition definition,
        Json input,
        RunOptions options,
        List<StepCompleted> completed,
        boolean erased) {
    /**
     * Folds the events of one run, the oldest first.
     *
     * @param isErased tells whether a subject was erased
     */
    public static RunState of(List<WorkflowRunEvent> events, Predicate<DataSubject> isErased) {
        if (!(events.getFirst() instanceof WorkflowStarted started)) {
            throw new IllegalStateException("a run begins with workflow.started, not with "
                    + events.getFirst().getClass());
        }
        List<StepCompleted> completed = events.stream()
                .filter(StepCompleted.class::isInstance)
                .map(StepCompleted.class::cast)
                .toList();
        return new RunState(
                started.workflowId(),
                started.tenant(),
                started.definition(),
                started.input(),
                started.options(),
                completed,
                isErased.test(started.subject()));
    }

    /** What a step produced; empty while it has not, or when it failed. */
    public Optional<Json> output(String step) {
        return completed.stream()
                .filter(done -> done.step().equals(step))
                .map(StepCompleted::output)
                .findFirst();
    }

    StepSpec step(String name) {
        return definition.steps().stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "workflow " + definition.name() + " version " + definition.version() + " has no step " + name));
    }
}
