package dev.polyphony.workflows;

import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.Json;
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
     * @param input what it is about; the definition's steps know its form
     */
    record StartRun(
            @TargetAggregateIdentifier WorkflowRunId workflowId,
            TenantId tenant,
            DataSubject subject,
            WorkflowDefinition definition,
            Json input,
            RunOptions options,
            NodeId node)
            implements WorkflowRunCommand {}

    /**
     * The node that was given the attempt starts it now.
     *
     * @param input what was resolved for it
     */
    record BeginStep(@TargetAggregateIdentifier WorkflowRunId workflowId, String step, int attempt, Json input)
            implements WorkflowRunCommand {}

    /**
     * @param usage null when no model was asked
     * @param attempts every call of a provider, the failed ones too, in order
     */
    record CompleteStep(
            @TargetAggregateIdentifier WorkflowRunId workflowId,
            String step,
            int attempt,
            Json output,
            @Nullable ModelUsage usage,
            List<ModelAttempt> attempts)
            implements WorkflowRunCommand {}

    /**
     * The attempt did not succeed; the step's policy decides what follows.
     *
     * @param problem its published code, such as {@code BUDGET_EXHAUSTED}; null when it has none
     * @param attempts every call of a provider, in order
     */
    record FailAttempt(
            @TargetAggregateIdentifier WorkflowRunId workflowId,
            String step,
            int attempt,
            @Nullable String problem,
            String reason,
            List<ModelAttempt> attempts)
            implements WorkflowRunCommand {}

    /**
     * Ends the run before it has completed or failed. Told again it changes nothing.
     *
     * @param tenant whose run it is; another tenant's run is as good as unknown
     */
    record CancelRun(@TargetAggregateIdentifier WorkflowRunId workflowId, TenantId tenant)
            implements WorkflowRunCommand {}

    /** Moves the run from a node that is gone; its unfinished steps are queued again as far as their policies allow. */
    record TakeOverRun(@TargetAggregateIdentifier WorkflowRunId workflowId, NodeId from, NodeId node)
            implements WorkflowRunCommand {}
}
