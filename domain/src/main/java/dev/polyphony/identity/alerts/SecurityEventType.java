package dev.polyphony.identity.alerts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What somebody tried. The event of each is named {@code security.<type>}. */
public enum SecurityEventType {
    /** Credentials were wrong: mistyped, unknown or expired. None at all is not an attempt. */
    INVALID_AUTH,
    /** Credentials had been revoked. */
    REVOKED_KEY_USED,
    /** A refresh token was used twice. */
    REFRESH_TOKEN_REUSED,
    /** A role or a scope was missing. */
    ACCESS_DENIED,
    /** A limit was reached. */
    RATE_LIMIT_EXCEEDED,
    /** A text looked like an instruction to a model behind its user's back. */
    PROMPT_INJECTION_ATTEMPT,
    /** After many failures nothing more is checked for a while. */
    LOCKOUT,
    /** A request had a form that no honest client sends. */
    SUSPICIOUS_PATTERN;

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
