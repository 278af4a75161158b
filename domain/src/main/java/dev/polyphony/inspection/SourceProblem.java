package dev.polyphony.inspection;

import dev.polyphony.shared.Problem;

/** Why a source cannot be inspected. */
public enum SourceProblem implements Problem {
    /** The tenant reads no folders of this machine. */
    REPOSITORY_ROOT_MISSING(Kind.INVALID),
    /** The path leaves the configured root, by {@code ..}, by being absolute or through a link. */
    REPOSITORY_OUTSIDE_ROOT(Kind.INVALID),
    /** It lies in the server's own data directory. */
    REPOSITORY_PROTECTED(Kind.INVALID),
    /** There is no directory at the path. */
    REPOSITORY_NOT_FOUND(Kind.INVALID),
    /** Larger than the limits on files, bytes or time. */
    REPOSITORY_TOO_LARGE(Kind.INVALID),
    /** It has no commits yet, or none on its default branch and none was named. */
    REPOSITORY_EMPTY(Kind.INVALID),
    /** It has no such branch, tag or commit, or no such folder in it. */
    REPOSITORY_REF_NOT_FOUND(Kind.INVALID),
    /** A ref, a folder or a token is asked for where there can be none, or is not written as one. */
    REPOSITORY_SELECTION_INVALID(Kind.INVALID),
    /** There is no token of that name for the server. */
    REPOSITORY_TOKEN_UNKNOWN(Kind.INVALID),
    /** It is stored in a form that cannot be read, such as SHA-256. */
    REPOSITORY_UNSUPPORTED(Kind.INVALID),
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
