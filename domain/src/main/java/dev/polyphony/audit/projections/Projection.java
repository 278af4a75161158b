package dev.polyphony.audit.projections;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One read model or automation, measured now.
 *
 * @param name names the projection
 * @param replayable whether it may be rebuilt; automations act on events and may not
 * @param replaying whether a segment has yet to reach the position at which it was reset (or first started)
 * @param position everything up to here has been handled or put aside as a dead letter, by all segments
 * @param head the position of the newest event of the history
 * @param lag events between the two
 * @param deadLetters events that it has put aside
 * @param segments the shares of the aggregates that nodes work on
 */
public record Projection(
        String name,
        boolean replayable,
        boolean replaying,
        long position,
        long head,
        long lag,
        long deadLetters,
        List<Segment> segments) {
    public Projection {
        segments = List.copyOf(segments);
    }

    /**
     * A share of the aggregates, which one node at a time works on.
     *
     * @param segment the share's number, from 0
     * @param position of the last event that it has seen. Of the node that answers: as of now. Of another node: as that one stored it last,
     *     which an idle segment does every few seconds.
     * @param replaying whether it has yet to reach the position at which it was reset
     * @param node the node that holds it; null when none does
     * @param seenAt when that node last said so, by its own clock; it loses the segment when this does not move for 10 seconds
     * @param error the failure that keeps the segment where it is. Only the node that met it knows; null elsewhere.
     */
    public record Segment(
            int segment,
            long position,
            boolean replaying,
            @Nullable String node,
            @Nullable Instant seenAt,
            @Nullable String error) {}
}
