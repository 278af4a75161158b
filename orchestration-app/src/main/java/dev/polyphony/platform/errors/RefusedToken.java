package dev.polyphony.platform.errors;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** A signed token was refused; some documented APIs tell why. */
public final class RefusedToken extends InvalidBearerTokenException {
    private final Reason reason;

    /** Why. */
    public enum Reason {
        EXPIRED,
        ISSUER,
        AUDIENCE,
        OTHER
    }

    /** @param sentence what is wrong and what to do */
    public RefusedToken(String sentence, Reason reason, @Nullable Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
