package dev.polyphony.eventstore.axon;

import dev.polyphony.postgres.SqlFailure;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Failures of the surroundings, which pass. They say nothing about the event that was being handled. */
public final class TransientFailure {
    private TransientFailure() {}

    static boolean isCauseOf(@Nullable Throwable failure) {
        return SqlFailure.isBehind(failure, SqlFailure::passes)
                || Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                        .anyMatch(cause -> cause instanceof InterruptedException || cause instanceof OutOfMemoryError);
    }

    /** Somebody else worked on the same rows: it is worth trying again at once. */
    public static boolean isContention(@Nullable Throwable failure) {
        return SqlFailure.isBehind(failure, SqlFailure.CONTENDED::equals);
    }
}
