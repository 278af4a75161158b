package dev.polyphony.workflows.steps;

import dev.polyphony.workflows.WorkflowRunId;

/** Reads what a run has done so far from the history itself, so nothing that was committed is missed. */
public interface RunJournal {
    /** The run up to its last committed event. */
    RunSoFar read(WorkflowRunId workflowId);
}
