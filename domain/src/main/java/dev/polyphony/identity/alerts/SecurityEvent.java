package dev.polyphony.identity.alerts;

import dev.polyphony.shared.EventName;

/** What somebody tried, once or many times within a minute. Stored for ever: add an event rather than change one. */
public sealed interface SecurityEvent {
    SecurityEventId eventId();

    default SecurityEventType type() {
        return switch (this) {
            case InvalidAuthSent _ -> SecurityEventType.INVALID_AUTH;
            case RevokedKeyUsed _ -> SecurityEventType.REVOKED_KEY_USED;
            case RefreshTokenReused _ -> SecurityEventType.REFRESH_TOKEN_REUSED;
            case AccessDenied _ -> SecurityEventType.ACCESS_DENIED;
            case RateLimitExceeded _ -> SecurityEventType.RATE_LIMIT_EXCEEDED;
            case PromptInjectionAttempted _ -> SecurityEventType.PROMPT_INJECTION_ATTEMPT;
            case LockedOut _ -> SecurityEventType.LOCKOUT;
            case SuspiciousPatternSent _ -> SecurityEventType.SUSPICIOUS_PATTERN;
        };
    }

    Incident incident();

    /** Credentials were wrong: mistyped, unknown or expired. */
    @EventName(value = "security.invalid_auth", published = true)
    record InvalidAuthSent(SecurityEventId eventId, Incident incident) implements SecurityEvent {}

    /** Credentials were used that had been revoked. */
    @EventName(value = "security.revoked_key_used", published = true)
    record RevokedKeyUsed(SecurityEventId eventId, Incident incident) implements SecurityEvent {}

    /** A refresh token was used twice; its session was ended. */
    @EventName(value = "security.refresh_token_reused", published = true)
    record RefreshTokenReused(SecurityEventId eventId, Incident incident) implements SecurityEvent {}

    /** A caller lacked a role or a scope. */
    @EventName(value = "security.access_denied", published = true)
    record AccessDenied(SecurityEventId eventId, Incident incident) implements SecurityEvent {}

    /** A limit was reached. */
    @EventName(value = "security.rate_limit_exceeded", published = true)
    record RateLimitExceeded(SecurityEventId eventId, Incident incident) implements SecurityEvent {}

    /** A text looked like an instruction to a model behind its user's back. */
    @EventName(value = "security.prompt_injection_attempt", published = true)
    record PromptInjectionAttempted(SecurityEventId eventId, Incident incident) implements SecurityEvent {}

    /** After many failures nothing more is checked for a while. */
    @EventName(value = "security.lockout", published = true)
    record LockedOut(SecurityEventId eventId, Incident incident) implements SecurityEvent {}

    /** A request had a form that no honest client sends. */
    @EventName(value = "security.suspicious_pattern", published = true)
    record SuspiciousPatternSent(SecurityEventId eventId, Incident incident) implements SecurityEvent {}
}
