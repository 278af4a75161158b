package dev.polyphony.workflows.web;

import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.WorkflowProblem;
import dev.polyphony.workflows.WorkflowRunId;
import dev.polyphony.workflows.builtin.orchestrator.OrchestratorRuns;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** What callers are told about runs of the orchestrator. */
@Component
class RunReplies {
    private final OrchestratorRuns runs;
    private final Clock clock;

    RunReplies(OrchestratorRuns runs, Clock clock) {
        this.runs = runs;
        this.clock = clock;
    }

    TriggerReply accepted(WorkflowRunId workflowId, TenantId tenant) {
        return TriggerReply.of(workflowId, runs.medianDuration(tenant).orElse(null));
    }

    /** Refuses what is no run of the orchestrator. */
    RunStatusReply status(WorkflowRunId workflowId, TenantId tenant) {
        return runs.find(tenant, workflowId)
                .map(run -> RunStatusReply.of(run, runs.medianDuration(tenant).orElse(null), clock.instant()))
                .orElseThrow(() -> WorkflowProblem.WORKFLOW_NOT_FOUND.because("There is no orchestrator run '"
                        + workflowId + "'. Check the workflow_id that the trigger returned."));
    }
}
