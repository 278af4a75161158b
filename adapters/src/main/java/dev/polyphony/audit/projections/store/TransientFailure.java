package dev.polyphony.audit.projections.store;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Failures of the surroundings, which pass. They say nothing about the event that was being handled. */
final class TransientFailure {
    /**
     * No connection; serialization failure or deadlock; out of disk, memory or connections; lock not available; the server
     * is being stopped or the query was cancelled; the server's own input and output.
     */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "55", "57", "58");

    /** Writing on a server that is, since a failover, a standby. */
    private static final String READ_ONLY = "25006";

    private static final Set<String> CONTENTION = Set.of("40", "55");

    private TransientFailure() {}

    static boolean isCauseOf(@Nullable Throwable failure) {
        return failure != null && (isTransient(failure) || isCauseOf(failure.getCause()));
    }

    /** Somebody else worked on the same rows: it is worth trying again at once. */
    static boolean isContention(@Nullable Throwable failure) {
        return failure != null
                && ((failure instanceof SQLException sql && isOf(CONTENTION, sql.getSQLState()))
                        || isContention(failure.getCause()));
    }

    private static boolean isTransient(Throwable failure) {
        return switch (failure) {
            // The driver names a state whenever the server answered; without one the connection pool speaks.
            case SQLException sql ->
                sql.getSQLState() == null || READ_ONLY.equals(sql.getSQLState()) || isOf(CLASSES, sql.getSQLState());
            case InterruptedException _, OutOfMemoryError _ -> true;
            default -> false;
        };
    }

    private static boolean isOf(Set<String> classes, @Nullable String state) {
        return state != null && state.length() == 5 && classes.contains(state.substring(0, 2));
    }
}
