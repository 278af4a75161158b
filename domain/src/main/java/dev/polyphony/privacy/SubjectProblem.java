package dev.polyphony.privacy;

import dev.polyphony.shared.Problem;

/** Why a request about a data subject is refused. */
public enum SubjectProblem implements Problem {
    /** The id breaks the rule of {@link dev.polyphony.shared.DataSubject}. */
    SUBJECT_INVALID(Kind.INVALID),
    /** Nothing personal was ever stored for this subject, or not for this tenant. */
    SUBJECT_NOT_FOUND(Kind.NOT_FOUND),
    /** The subject was erased; nothing more is taken in under its id. */
    SUBJECT_ERASED(Kind.CONFLICT);

    private final Kind kind;

    SubjectProblem(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
