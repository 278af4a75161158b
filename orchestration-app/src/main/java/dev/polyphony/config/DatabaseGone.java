package dev.polyphony.config;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Tells a database that does not answer from what else can fail, however deep its exception is wrapped. */
final class DatabaseGone {
    static final Duration PAUSE = Duration.ofSeconds(5);

    private DatabaseGone() {}

    static boolean isBehind(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(DatabaseGone::isLostConnection);
    }

    /** The pool found no connection in time, the connection broke (08), the server lacks resources (53), or it stops or starts (57P). */
    private static boolean isLostConnection(Throwable cause) {
        if (!(cause instanceof SQLException failure)) {
            return false;
        }
        @Nullable String state = failure.getSQLState();
        return failure instanceof SQLTransientConnectionException
                || (state != null && state.matches("(08|53|57P).*|25006"));
    }

    /** @param nothingChanged false when the request may have made its change before the database went away */
    static Fault fault(boolean nothingChanged) {
        String message = nothingChanged
                ? "The database does not answer just now. Nothing was changed; try again."
                : "The database went away during the request. Look whether the change was made before you try again.";
        return Fault.of(HttpStatus.SERVICE_UNAVAILABLE, message).retryAfter(PAUSE);
    }
}
