package dev.polyphony.workflows;

import dev.polyphony.shared.Problem;

/** Why a request about workflows is refused. */
public enum WorkflowProblem implements Problem {
    WORKFLOW_NOT_FOUND(Kind.NOT_FOUND),
    /** The trigger's parameters do not fit. */
    INVALID_CONFIGURATION(Kind.INVALID),
    /** Another attempt of the step is the current one, or it is already finished. */
    STEP_ATTEMPT_OUTDATED(Kind.CONFLICT),
    /** The run is completed, failed or cancelled. */
    RUN_ENDED(Kind.CONFLICT),
    /** The run is completed or failed, so there is nothing left to cancel. */
    RUN_NOT_CANCELLABLE(Kind.CONFLICT),
    /** The run belongs to another node than the one it should be taken from. */
    RUN_OWNED_ELSEWHERE(Kind.CONFLICT),
    /** The step was begun as often as its policy allows, and its process ended each time before it did. */
    STEP_ATTEMPTS_EXHAUSTED(Kind.EXHAUSTED),
    /** Too many steps wait on this server for a new run to be accepted. */
    STEP_QUEUE_FULL(Kind.UNAVAILABLE),
    /** This server has no agent, task type or context source of the name that the definition gives. */
    STEP_UNSUPPORTED(Kind.UNSUPPORTED);

    private final Kind kind;

    WorkflowProblem(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
