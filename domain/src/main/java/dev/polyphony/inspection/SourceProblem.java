package dev.polyphony.inspection;

import dev.polyphony.shared.Problem;

/** Why a source cannot be inspected. */
public enum SourceProblem implements Problem {
    /** The path leaves the configured root, by {@code ..}, by being absolute or through a link. */
    REPOSITORY_OUTSIDE_ROOT(Kind.INVALID),
    /** There is no directory at the path. */
    REPOSITORY_NOT_FOUND(Kind.INVALID),
    /** Larger than the limits on files, bytes or time. */
    REPOSITORY_TOO_LARGE(Kind.INVALID),
    /** The git server did not deliver the repository. */
    REPOSITORY_UNREACHABLE(Kind.UNAVAILABLE);

    private final Kind kind;

    SourceProblem(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
