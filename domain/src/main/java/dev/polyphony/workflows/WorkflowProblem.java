package dev.polyphony.workflows;

import dev.polyphony.shared.Problem;





/** Why a request about workflows is refused. */
public enum WorkflowProblem implements Problem {
    WORKFLOW_NOT_FOUND(Kind.NOT_FOUND),
    /** The trigger's parameters do not fit. */
    INVALID_CONFIGURATION(Kind.INVALID),
    /** Another attempt of the step is the current one, or it is already finished. */
    STEP_ATTEMPT_OUTDATED(Kind.CONFLICT),
    /** The run is completed or failed. */
    RUN_ENDED(Kind.CONFLICT),
    /** The run belongs to another node than the one it should be taken from. */
    RUN_OWNED_ELSEWHERE(Kind.CONFLICT);

    private final Kind kind;

    WorkflowProblem(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
