package dev.polyphony.audit.projections;

import dev.polyphony.shared.Problem;
import dev.polyphony.shared.Rejection;

/** Why a request about projections is refused. */
public enum ProjectionProblem implements Problem {
    /** Nothing of that name follows the history on this server. */
    PROJECTION_UNKNOWN(Kind.NOT_FOUND),
    /** It acts on what it hears; hearing it again would act again. */
    PROJECTION_NOT_REPLAYABLE(Kind.CONFLICT),
    /** Somebody works on the same rows just now. */
    PROJECTION_BUSY(Kind.UNAVAILABLE),
    /** The projection has put no event of that position aside: never, or no longer. */
    DEAD_LETTER_UNKNOWN(Kind.NOT_FOUND),
    /** An earlier event of the same aggregate is still put aside. */
    DEAD_LETTER_NOT_FIRST(Kind.CONFLICT);

    private final Kind kind;

    ProjectionProblem(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    /** The refusal of everything that names a projection which is not there. */
    public static Rejection unknown(String name) {
        return PROJECTION_UNKNOWN.because(
                "there is no projection '" + name + "'; GET /api/v1/projections lists those that there are");
    }

    /** The refusal of everything that names a dead letter which is not there. */
    public static Rejection unknown(String projection, long position) {
        return DEAD_LETTER_UNKNOWN.because("projection '" + projection + "' has no dead letter at position " + position
                + "; GET /api/v1/projections/" + projection + "/dead-letters lists those that it has");
    }
}
