package dev.polyphony.platform.cyborgmind;

import dev.polyphony.platform.errors.ApiDialect;
import dev.polyphony.platform.errors.ApiError;
import dev.polyphony.platform.errors.RefusedToken;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;

/** One path of CyborgMind, which has no base path: errors are a text, and nobody is asked for credentials with 401. */
record CyborgMindDialect(String basePath) implements ApiDialect {
    /**
     * An error in the form of CyborgMind.
     *
     * @param detail what was wrong
     */
    record CyborgMindError(String detail) {}

    @Override
    public boolean covers(String path) {
        return path.equals(basePath) || path.startsWith(basePath + "/");
    }

    @Override
    public ApiError unauthenticated(ApiError usual, AuthenticationException reason) {
        return ApiError.of(HttpStatus.FORBIDDEN, reason instanceof RefusedToken token ? text(token) : text());
    }

    private static String text(RefusedToken token) {
        return switch (token.reason()) {
            case EXPIRED -> "Token has expired";
            case ISSUER -> "Invalid token issuer";
            case AUDIENCE -> "Invalid token audience";
            case OTHER -> text();
        };
    }

    private static String text() {
        return "Invalid authentication token";
    }

    @Override
    public Object body(ApiError error, String requestId, Instant now) {
        return new CyborgMindError(error.message());
    }
}
