package dev.polyphony.audit.projections;

import dev.polyphony.shared.ServerWide;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events that projections could not handle in three tries, and those of the same aggregate behind them. Every method
 * refuses an unknown projection with {@link ProjectionProblem#PROJECTION_UNKNOWN}.
 */
@ServerWide("projections follow the whole history; only admins see them")
public interface DeadLetters {
    /** What one retry handles at most. */
    int MAX_DEAD_LETTERS = 1_000;

    /**
     * In the order of the history.
     *
     * @param after only dead letters of later positions; 0 for all
     * @param limit the maximum, at least 1
     */
    List<DeadLetter> list(String projection, long after, int limit);

    /**
     * Handles the first dead letter of a sequence and, while that works, those behind it, at most {@link #MAX_DEAD_LETTERS} in one
     * call. Each is one transaction: its work is kept and the dead letter gone, or neither.
     *
     * @throws dev.polyphony.shared.Rejection {@link ProjectionProblem#DEAD_LETTER_UNKNOWN};
     *     {@link ProjectionProblem#DEAD_LETTER_NOT_FIRST}; {@link ProjectionProblem#PROJECTION_BUSY}
     */
    Retried retry(String projection, long position);

    /**
     * Discards one dead letter: the projection will not handle its event, unless it is rebuilt. Those behind it stay and may
     * then be retried.
     *
     * @throws dev.polyphony.shared.Rejection {@link ProjectionProblem#DEAD_LETTER_UNKNOWN};
     *     {@link ProjectionProblem#PROJECTION_BUSY}
     */
    void discard(String projection, long position);

    /**
     * What became of a retry.
     *
     * @param handled dead letters that are gone because their events have been handled
     * @param waiting dead letters of the sequence that are left
     * @param failed the dead letter whose event failed again; null when none did
     */
    record Retried(int handled, long waiting, @Nullable DeadLetter failed) {}
}
