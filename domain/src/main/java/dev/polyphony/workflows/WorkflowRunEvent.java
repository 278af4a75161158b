package dev.polyphony.workflows;

import dev.polyphony.agents.AgentId;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.shared.EventName;
import dev.polyphony.shared.NodeId;
import dev.polyphony.shared.TenantId;
import java.util.List;

/** What has happened to a run. Stored for ever: add an event rather than change one. */
public sealed interface WorkflowRunEvent {
    WorkflowRunId workflowId();

    @EventName("workflow.started")
    record WorkflowStarted(
            WorkflowRunId workflowId, TenantId tenant, WorkflowDefinition definition, RunInput input, NodeId node)
            implements WorkflowRunEvent {}

    /** The step may start on {@code node}; {@code attempt} counts from 1. */
    @EventName("workflow.step.queued")
    record StepQueued(
            WorkflowRunId workflowId, String step, AgentId agent, int attempt, NodeId node, RunInput.Priority priority)
            implements WorkflowRunEvent {}

    @EventName("workflow.step.started")
    record StepStarted(WorkflowRunId workflowId, String step, int attempt) implements WorkflowRunEvent {}

    @EventName("workflow.step.completed")
    record StepCompleted(WorkflowRunId workflowId, String step, AgentId agent, int attempt, StepOutput output)
            implements WorkflowRunEvent {}

    @EventName("workflow.step.failed")
    record StepFailed(
            WorkflowRunId workflowId,
            String step,
            AgentId agent,
            int attempt,
            String reason,
            List<ModelAttempt> attempts)
            implements WorkflowRunEvent {}

    @EventName("workflow.adopted")
    record RunAdopted(WorkflowRunId workflowId, NodeId from, NodeId node) implements WorkflowRunEvent {}

    @EventName("workflow.completed")
    record WorkflowCompleted(WorkflowRunId workflowId) implements WorkflowRunEvent {}

    @EventName("workflow.failed")
    record WorkflowFailed(WorkflowRunId workflowId, String step, String reason) implements WorkflowRunEvent {}
}
