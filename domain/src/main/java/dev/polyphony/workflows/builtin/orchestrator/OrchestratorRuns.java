package dev.polyphony.workflows.builtin.orchestrator;

import dev.polyphony.shared.JsonValues;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.RunQueries;
import dev.polyphony.workflows.WorkflowRunId;
import java.time.Duration;
import java.util.Optional;

/** Finds runs of the orchestrator. */
public final class OrchestratorRuns {
    private static final String NAME = Orchestrator.DEFINITION.name();

    private final RunQueries runs;
    private final JsonValues json;

    public OrchestratorRuns(RunQueries runs, JsonValues json) {
        this.runs = runs;
        this.json = json;
    }

    public Optional<OrchestratorRun> find(TenantId tenant, WorkflowRunId workflowId) {
        return runs.find(tenant, workflowId)
                .filter(run -> run.definition().equals(NAME))
                .map(run -> OrchestratorRun.of(run, json));
    }

    /** See {@link RunQueries#medianDuration}. */
    public Optional<Duration> medianDuration(TenantId tenant) {
        return runs.medianDuration(tenant, NAME);
    }
}
