package dev.polyphony.eventstore.axon;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells one claim of a segment by this node from the next. What only the holder of a segment changes can be remembered as long
 * as the term is the same: in between, another node may have held it.
 */
public final class SegmentClaims {
    private final String node;
    private final Map<Segment, Long> terms = new ConcurrentHashMap<>();

    /** @param node whose claims they are */
    public SegmentClaims(String node) {
        this.node = node;
    }

    String node() {
        return node;
    }

    /** This node is about to hold the segment, again or for the first time. */
    void begin(String processor, int segment) {
        terms.merge(new Segment(processor, segment), 1L, Long::sum);
    }

    /** The number of the present claim, or of the last one if there is none; 0 before the first. */
    public long term(String processor, int segment) {
        return terms.getOrDefault(new Segment(processor, segment), 0L);
    }

    private record Segment(String processor, int number) {}
}
