package dev.polyphony.platform.errors;

import dev.polyphony.eventstore.log.LogUnavailable;
import dev.polyphony.postgres.SqlFailure;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/** Recognises failures of a database that does not answer, and words the error. */
public final class DatabaseUnavailable {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private DatabaseUnavailable() {}

    public static boolean isBehind(Throwable failure) {
        return SqlFailure.isBehind(failure, SqlFailure::isOutage);
    }

    static ApiError error(LogUnavailable failure) {
        return error(String.valueOf(failure.getMessage()));
    }

    /** @param nothingChanged false when the request may have made its change before the database went away */
    static ApiError error(boolean nothingChanged) {
        String message = nothingChanged
                ? "The database does not answer just now. Nothing was changed; try again."
                : "The database went away during the request. Look whether the change was made before you try again.";
        return error(message);
    }

    private static ApiError error(String message) {
        return ApiError.of(HttpStatus.SERVICE_UNAVAILABLE, message).retryAfter(RETRY_AFTER);
    }
}
