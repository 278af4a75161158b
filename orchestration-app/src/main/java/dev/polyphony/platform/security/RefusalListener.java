package dev.polyphony.platform.security;

/** Is told when the request that this thread answers is refused for reasons of security. Returns quickly and never throws. */
@FunctionalInterface
public interface RefusalListener {
    void refused(Refusal refusal);

    /** Why. */
    enum Refusal {
        /** Credentials that are none, such as a bearer token with a blank in it. */
        MALFORMED_CREDENTIALS,
        /** Credentials are not looked at, because many from the same address were wrong. */
        TOO_MANY_FAILURES,
        /** A role or a scope is missing. */
        ACCESS_DENIED,
        /** A path with parts that lead elsewhere than they seem to. */
        HOSTILE_PATH,
        /** Characters that no text can hold. */
        HOSTILE_CHARACTERS
    }
}
