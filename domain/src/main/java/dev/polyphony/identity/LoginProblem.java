package dev.polyphony.identity;

import dev.polyphony.shared.Problem;
import dev.polyphony.shared.Rejection;
import java.time.Duration;

/** Why somebody is not let in, or gets no token. */
public enum LoginProblem implements Problem {
    /** A field is missing, unknown, or belongs to another form of the request. */
    TOKEN_REQUEST_INVALID(Kind.INVALID),
    /** Username, password or code are wrong; which one is not told. */
    LOGIN_FAILED(Kind.UNAUTHENTICATED),
    /** The refresh token is unknown, expired, or was used before. */
    REFRESH_TOKEN_INVALID(Kind.UNAUTHENTICATED),
    /** Naming somebody else takes an API key. */
    API_KEY_REQUIRED(Kind.UNAUTHENTICATED),
    /** More than the caller has. */
    TOKEN_EXCEEDS_CALLER(Kind.FORBIDDEN),
    /** Too many failures; nothing is checked for a while. */
    TOO_MANY_FAILURES(Kind.EXHAUSTED);

    private final Kind kind;

    LoginProblem(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    /** The refusal of everybody who failed too often, whether they are right now or not. */
    public static Rejection locked(Duration wait) {
        return new Locked(wait);
    }

    private static final class Locked extends Rejection {
        private final transient Duration wait;

        Locked(Duration wait) {
            super(TOO_MANY_FAILURES, "Too many attempts failed. Try again in " + Math.max(1, wait.toSeconds()) + " s.");
            this.wait = wait;
        }

        @Override
        public Duration retryAfter() {
            return wait;
        }
    }
}
