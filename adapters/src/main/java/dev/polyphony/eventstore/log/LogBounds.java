package dev.polyphony.eventstore.log;

import dev.polyphony.eventstore.chain.StoredHash;
import org.jspecify.annotations.Nullable;

/**
 * Where the history begins and ends, as of one moment.
 *
 * @param head what the head row says; null when there is not exactly one such row, which is damage
 * @param last the position of the last event that is there, 0 when there is none
 */
public record LogBounds(@Nullable StoredHash head, long last) {
    /** Where the history ends, going by the head row where there is one. */
    public long position() {
        return head == null ? last : head.position();
    }
}
