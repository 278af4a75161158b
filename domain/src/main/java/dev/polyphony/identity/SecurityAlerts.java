package dev.polyphony.identity;

import dev.polyphony.shared.TenantId;
import org.jspecify.annotations.Nullable;

/** Hears of attempts to get in, and to do harm. May be called on the request's thread; never blocks, and never throws. */
public interface SecurityAlerts {
    void raise(SecurityAlert alert);

    /** Carries no secret, no name of a person and nothing of what was asked. */
    sealed interface SecurityAlert {
        /** Where the request came from; empty when it is that of the request that this thread answers, if any. */
        String address();

        /** Whose matter it is; null when it is the caller's of the request that this thread answers, or else nobody's. */
        default @Nullable TenantId tenant() {
            return null;
        }
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

    /**
     * Credentials were used that had been revoked.
     *
     * @param credential its id
     */
    record RevokedKeyUsed(String address, TenantId tenant, String credential) implements SecurityAlert {}

    /** A caller lacks a role or a scope. */
    record AccessDenied(String address) implements SecurityAlert {}

    /**
     * A limit is reached.
     *
     * @param limit which, as a word that is known beforehand
     */
    record RateLimitExceeded(String address, String limit) implements SecurityAlert {}

    /**
     * A text looks like an attempt to instruct a model behind its user's back.
     *
     * @param tenant whose request it was; null when it was nobody's in particular
     * @param origin whose words they were, as a word that is known beforehand
     * @param blocked whether the request was refused
     */
    record PromptInjection(String address, @Nullable TenantId tenant, String origin, boolean blocked)
            implements SecurityAlert {}

    /**
     * A request has a form that no honest client sends.
     *
     * @param pattern which, as a word that is known beforehand
     */
    record SuspiciousPattern(String address, String pattern) implements SecurityAlert {}
}
