package dev.polyphony.workflows.engine;

import dev.polyphony.workflows.WorkflowRunId;

/** Reads what a run has done from the history itself, so nothing that was committed is missed. */
public interface RunHistory {
    /** The run up to its last committed event. */
    RunState read(WorkflowRunId workflowId);
}
