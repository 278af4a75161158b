package dev.polyphony.platform.security;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** Credentials are not looked at, because many from the same address were wrong. */
public final class TooManyFailures extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    private final transient Duration wait;

    /** @param wait when it is worth trying again */
    public TooManyFailures(Duration wait) {
        super("Too many wrong credentials were sent from this address. Try again in " + Math.max(1, wait.toSeconds())
                + " s.");
        this.wait = wait;
    }

    Duration retryAfter() {
        return wait;
    }
}
