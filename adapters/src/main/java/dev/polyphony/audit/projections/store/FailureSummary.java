package dev.polyphony.audit.projections.store;

import dev.polyphony.eventstore.BatchedWrites;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What a dead letter keeps of a failure: what it was, and the line of ours that met it. PostgreSQL's messages come without their detail, which repeats the values of the
 * row: what is personal stays in the history, where it can be erased.
 */
final class FailureSummary {
    private static final int LONGEST = 1_000;
    private static final String OURS = "dev.polyphony.";

    /** Only runs what a handler has said. */
    private static final String IN_BETWEEN = BatchedWrites.class.getName();

    private FailureSummary() {}

    static String of(Throwable failure) {
        Throwable root = root(failure);
        String text = root instanceof PSQLException sql && sql.getServerErrorMessage() != null
                ? text(sql.getServerErrorMessage())
                : root.getClass().getSimpleName() + text(root.getMessage());
        String storable = text.replace('\0', ' ');
        return storable.substring(0, Math.min(LONGEST, storable.length())) + place(root);
    }

    private static String place(Throwable root) {
        return Arrays.stream(root.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OURS)
                        && !frame.getClassName().equals(IN_BETWEEN))
                .findFirst()
                .map(frame -> " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")")
                .orElse("");
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : root(cause);
    }

    private static String text(ServerErrorMessage error) {
        return error.getSQLState() + text(error.getMessage());
    }

    private static String text(@Nullable String message) {
        return message == null ? "" : ": " + message;
    }
}
