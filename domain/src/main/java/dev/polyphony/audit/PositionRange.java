package dev.polyphony.audit;

import dev.polyphony.shared.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * A part of the history.
 *
 * @param from the first position, from 1; null for the first event
 * @param to the last position, inclusive; null for the newest event
 */
public record PositionRange(@Nullable Long from, @Nullable Long to) {
    public static final PositionRange ALL = new PositionRange(null, null);

    public PositionRange {
        if (from != null && from < 1) {
            throw outside("from", from, "a position, from 1");
        }
        if (to != null && to < (from == null ? 1 : from)) {
            throw outside("to", to, "a position that is not before 'from'");
        }
    }

    /**
     * The same part with both ends named, in a history that ends at {@code head}. It is empty when it begins right after the
     * head.
     */
    public Bounds within(long head) {
        long first = from == null ? 1 : from;
        long last = to == null ? head : to;
        if (first > head + 1) {
            throw outside("from", first, "at most " + (head + 1) + ": the history ends at " + head);
        }
        if (last > head) {
            throw outside("to", last, "at most " + head + ", where the history ends");
        }
        return new Bounds(first, last);
    }

    /**
     * @param from the first position, from 1
     * @param to the last position; {@code from - 1} when there is none
     */
    public record Bounds(long from, long to) {}

    private static Rejection outside(String name, long provided, String expected) {
        return AuditProblem.EVENT_RANGE_INVALID
                .because("'" + name + "' must be " + expected + ", not " + provided)
                .about(name, String.valueOf(provided), expected);
    }
}
