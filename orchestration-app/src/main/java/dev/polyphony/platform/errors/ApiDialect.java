package dev.polyphony.platform.errors;

import java.time.Instant;

/** How one documented API words its errors. Whoever answers below a base path of its own contributes one, as a bean. */
public interface ApiDialect {
    /** What the paths begin with, such as {@code /api/v1/}; the longest one that fits counts. */
    String basePath();

    /** The body, to be written as JSON. */
    Object body(ApiError error, String requestId, Instant now);
}
