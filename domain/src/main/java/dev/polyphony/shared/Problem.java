package dev.polyphony.shared;

import java.util.Locale;

/** Why a request is refused. Each context lists its problems in one enum; the constant's name is the published code. */
public interface Problem {
    /** How a caller should react; the edge turns it into an HTTP status. */
    enum Kind {
        /** The request can never succeed as it stands. */
        INVALID,
        /** The caller is not known. */
        UNAUTHENTICATED,
        /** The caller is known and may not do this. */
        FORBIDDEN,
        /** There is no such thing, or not for this tenant. */
        NOT_FOUND,
        /** The thing is in a state that does not allow this. */
        CONFLICT,
        /** The caller has used up what there is for them. */
        EXHAUSTED,
        /** This server does not do that at all, for anybody. */
        UNSUPPORTED,
        /** Not now: something that is needed does not answer. */
        UNAVAILABLE
    }

    /** The upper-case code, such as {@code WORKFLOW_NOT_FOUND}. */
    String name();

    Kind kind();

    /** The code in the form that RFC 9457 types use, such as {@code workflow-not-found}. */
    default String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A rejection with a sentence that names the value and what to do. */
    default Rejection because(String sentence) {
        return new Rejection(this, sentence);
    }
}
