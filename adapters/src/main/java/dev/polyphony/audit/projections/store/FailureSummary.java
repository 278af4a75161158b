package dev.polyphony.audit.projections.store;

import dev.polyphony.eventstore.BatchedWrites;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What a dead letter keeps of a failure: its kind and message, and our line of code that it came through. PostgreSQL's messages come without their detail, which repeats the values of the
 * row: what is personal stays in the history, where it can be erased.
 */
final class FailureSummary {
    private static final int MAX_LENGTH = 1_000;
    private static final String OURS = "dev.polyphony.";

    /** Only sends the statements of handlers. */
    private static final String DISPATCHER = BatchedWrites.class.getName();

    private FailureSummary() {}

    static String of(Throwable failure) {
        Throwable root = root(failure);
        String text = root instanceof PSQLException sql && sql.getServerErrorMessage() != null
                ? text(sql.getServerErrorMessage())
                : root.getClass().getSimpleName() + text(root.getMessage());
        String storable = text.replace('\0', ' ');
        return storable.substring(0, Math.min(MAX_LENGTH, storable.length())) + place(root);
    }

    private static String place(Throwable root) {
        return Arrays.stream(root.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OURS)
                        && !frame.getClassName().equals(DISPATCHER))
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
