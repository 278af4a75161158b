package dev.polyphony.workflows;

import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.NodeId;
import dev.polyphony.shared.TenantId;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What a run can be told to do. */
public sealed interface WorkflowRunCommand {
    WorkflowRunId workflowId();

    /**
     * Accepts a run for {@code node}; the steps that wait for nothing are queued at once.
     *
     * @param subject whom the run is about, see {@link WorkflowRunId#asSubject} when it is about nobody in particular
     */
    record StartRun(
            @TargetAggregateIdentifier WorkflowRunId workflowId,
            TenantId tenant,
            DataSubject subject,
            WorkflowDefinition definition,
            RunInput input,
            NodeId node)
            implements WorkflowRunCommand {}

    /** The node that was given the attempt starts it now. */
    record BeginStep(@TargetAggregateIdentifier WorkflowRunId workflowId, String step, int attempt)
            implements WorkflowRunCommand {}

    record CompleteStep(
            @TargetAggregateIdentifier WorkflowRunId workflowId, String step, int attempt, StepOutput output)
            implements WorkflowRunCommand {}

    /**
     * Fails the step and with it the run.
     *
     * @param problem its published code, such as {@code BUDGET_EXHAUSTED}; null when it has none
     */
    record FailStep(
            @TargetAggregateIdentifier WorkflowRunId workflowId,
            String step,
            int attempt,
            @Nullable String problem,
            String reason,
            List<ModelAttempt> attempts)
            implements WorkflowRunCommand {}

    /** Moves the run from a node that is gone; its unfinished steps are queued again with the next attempt. */
    record TakeOverRun(@TargetAggregateIdentifier WorkflowRunId workflowId, NodeId from, NodeId node)
            implements WorkflowRunCommand {}
}
