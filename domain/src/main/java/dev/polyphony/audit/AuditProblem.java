package dev.polyphony.audit;

import dev.polyphony.shared.Problem;

/** Why a request about the history is refused. */
public enum AuditProblem implements Problem {
    /** The positions are not those of a part of the history. */
    EVENT_RANGE_INVALID(Kind.INVALID),
    /** What the history would be exported with is missing from it. */
    HISTORY_DAMAGED(Kind.CONFLICT);

    private final Kind kind;

    AuditProblem(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
