package dev.polyphony.platform.errors;

import java.time.Instant;
import org.springframework.security.core.AuthenticationException;

/** How one documented API words its errors. Whoever answers below a base path of its own contributes one, as a bean. */
public interface ApiDialect {
    /** What the paths begin with, such as {@code /api/v1/}; the longest one that fits counts. */
    String basePath();

    /** Whether it words the errors of a path. */
    default boolean covers(String path) {
        return path.startsWith(basePath());
    }

    /** How somebody without valid credentials is told so, where that is not as everywhere else. */
    default ApiError unauthenticated(ApiError usual, AuthenticationException reason) {
        return usual;
    }

    /** The body, to be written as JSON. */
    Object body(ApiError error, String requestId, Instant now);
}
