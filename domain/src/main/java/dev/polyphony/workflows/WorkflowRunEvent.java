package dev.polyphony.workflows;

import dev.polyphony.agents.AgentId;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.EventName;
import dev.polyphony.shared.NodeId;
import dev.polyphony.shared.Personal;
import dev.polyphony.shared.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has happened to a run. Stored for ever: add an event rather than change one. */
public sealed interface WorkflowRunEvent {
    WorkflowRunId workflowId();

    /** @param subject whom the run is about; what was stored before subjects were told is lifted to be about the run itself */
    @EventName(value = "workflow.started", revision = 2)
    record WorkflowStarted(
            WorkflowRunId workflowId,
            TenantId tenant,
            DataSubject subject,
            WorkflowDefinition definition,
            RunInput input,
            NodeId node)
            implements WorkflowRunEvent {}

    /** The step may start on {@code node}; {@code attempt} counts from 1. */
    @EventName("workflow.step.queued")
    record StepQueued(
            WorkflowRunId workflowId, String step, AgentId agent, int attempt, NodeId node, RunInput.Priority priority)
            implements WorkflowRunEvent {}

    @EventName("workflow.step.started")
    record StepStarted(WorkflowRunId workflowId, String step, int attempt) implements WorkflowRunEvent {}

    /** @param subject whom the run is about; null only in what was stored before subjects were told, and encrypted nowhere */
    @EventName("workflow.step.completed")
    record StepCompleted(
            WorkflowRunId workflowId,
            @Nullable DataSubject subject,
            String step,
            AgentId agent,
            int attempt,
            StepOutput output)
            implements WorkflowRunEvent {}

    /**
     * @param subject as in {@link StepCompleted}
     * @param problem its published code; null when it has none, and in what was stored before codes were told
     */
    @EventName("workflow.step.failed")
    record StepFailed(
            WorkflowRunId workflowId,
            @Nullable DataSubject subject,
            String step,
            AgentId agent,
            int attempt,
            @Nullable String problem,
            @Personal String reason,
            List<ModelAttempt> attempts)
            implements WorkflowRunEvent {}

    @EventName("workflow.adopted")
    record RunTakenOver(WorkflowRunId workflowId, NodeId from, NodeId node) implements WorkflowRunEvent {}

    @EventName("workflow.completed")
    record WorkflowCompleted(WorkflowRunId workflowId) implements WorkflowRunEvent {}

    /**
     * @param subject as in {@link StepCompleted}
     * @param problem as in {@link StepFailed}
     */
    @EventName("workflow.failed")
    record WorkflowFailed(
            WorkflowRunId workflowId,
            @Nullable DataSubject subject,
            String step,
            @Nullable String problem,
            @Personal String reason)
            implements WorkflowRunEvent {}
}
