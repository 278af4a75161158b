package dev.polyphony.eventstore.log;

import dev.polyphony.eventstore.chain.EventContent;

/** Another unit of work was first with the same sequence of the same aggregate; nothing of this one was written. */
public final class SequenceConflict extends RuntimeException {
    private final long sequence;

    SequenceConflict(EventContent event) {
        super("event %d of %s %s is there already"
                .formatted(event.sequence(), event.aggregateType(), event.aggregateId()));
        this.sequence = event.sequence();
    }

    /** The first sequence that was lost. */
    public long sequence() {
        return sequence;
    }
}
