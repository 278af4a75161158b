package dev.polyphony.identity;

/** Hears of attempts to get in. Called on the request's thread; never blocks, and never throws. */
public interface SecurityAlerts {
    void raise(SecurityAlert alert);

    /** Carries no secret and no name of a person. */
    sealed interface SecurityAlert {
        /** Where the request came from. */
        String address();
    }

    /**
     * Credentials were wrong.
     *
     * @param kind which, such as {@code api_key}, {@code jwt}, {@code password}, {@code mfa} or {@code refresh_token}
     */
    record InvalidAuth(String address, String kind) implements SecurityAlert {}

    /**
     * Too many failures: nothing more is checked for a while.
     *
     * @param kind of what was tried, as in {@link InvalidAuth}
     */
    record Lockout(String address, String kind) implements SecurityAlert {}

    /** A refresh token was used twice: it, or its successor, was stolen. */
    record RefreshTokenReused(String address) implements SecurityAlert {}
}
