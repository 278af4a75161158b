package dev.polyphony.workflows;

import dev.polyphony.agents.AgentId;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.EventName;
import dev.polyphony.shared.Internal;
import dev.polyphony.shared.Json;
import dev.polyphony.shared.NodeId;
import dev.polyphony.shared.Personal;
import dev.polyphony.shared.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has happened to a run. Stored for ever: add an event rather than change one. */
public sealed interface WorkflowRunEvent {
    WorkflowRunId workflowId();

    /** @param subject whom the run is about */
    @EventName(value = "workflow.started", published = true)
    record WorkflowStarted(
            WorkflowRunId workflowId,
            TenantId tenant,
            DataSubject subject,
            WorkflowDefinition definition,
            @Personal(erased = "null") Json input,
            RunOptions options,
            @Internal NodeId node)
            implements WorkflowRunEvent {}

    /**
     * The step may start on {@code node}.
     *
     * @param agent who does it; null when no agent does
     * @param attempt grows by one each time the step is queued, from 1: only the newest one may begin and answer
     */
    @EventName(value = "workflow.step.queued", revision = 2)
    record StepQueued(
            WorkflowRunId workflowId,
            String step,
            @Nullable AgentId agent,
            int attempt,
            NodeId node,
            RunOptions.Priority priority)
            implements WorkflowRunEvent {}

    /** @param input what was resolved for this attempt: a task's parameters, or an agent's question and the ids of what it is given */
    @EventName("workflow.step.started")
    record StepStarted(
            WorkflowRunId workflowId,
            DataSubject subject,
            String step,
            int attempt,
            @Personal(erased = "null") Json input)
            implements WorkflowRunEvent {}

    /**
     * @param usage null when no model was asked
     * @param attempts every call of a provider, the failed ones too, in order
     */
    @EventName(value = "workflow.step.completed", published = true)
    record StepCompleted(
            WorkflowRunId workflowId,
            DataSubject subject,
            String step,
            @Nullable AgentId agent,
            int attempt,
            @Personal(erased = "null") Json output,
            @Nullable ModelUsage usage,
            List<ModelAttempt> attempts)
            implements WorkflowRunEvent {}

    /**
     * One attempt failed; what follows tells whether the step did.
     *
     * @param problem its published code; null when it has none
     * @param attempts every call of a provider, in order
     */
    @EventName("workflow.step.attempt_failed")
    record StepAttemptFailed(
            WorkflowRunId workflowId,
            DataSubject subject,
            String step,
            @Nullable AgentId agent,
            int attempt,
            @Nullable String problem,
            @Personal String reason,
            List<ModelAttempt> attempts)
            implements WorkflowRunEvent {}

    /**
     * No further attempt is made.
     *
     * @param attempt the last one
     * @param problem as in {@link StepAttemptFailed}
     */
    @EventName("workflow.step.failed")
    record StepFailed(
            WorkflowRunId workflowId,
            DataSubject subject,
            String step,
            @Nullable AgentId agent,
            int attempt,
            @Nullable String problem,
            @Personal String reason)
            implements WorkflowRunEvent {}

    @EventName("workflow.taken_over")
    record RunTakenOver(WorkflowRunId workflowId, NodeId from, NodeId node) implements WorkflowRunEvent {}

    @EventName(value = "workflow.completed", published = true)
    record WorkflowCompleted(WorkflowRunId workflowId) implements WorkflowRunEvent {}

    /** No step starts any more, and what running ones produce is refused. */
    @EventName(value = "workflow.cancelled", published = true)
    record WorkflowCancelled(WorkflowRunId workflowId) implements WorkflowRunEvent {}

    /**
     * @param step the one that failed
     * @param problem as in {@link StepAttemptFailed}
     */
    @EventName(value = "workflow.failed", published = true)
    record WorkflowFailed(
            WorkflowRunId workflowId,
            DataSubject subject,
            String step,
            @Nullable String problem,
            @Personal String reason)
            implements WorkflowRunEvent {}
}
