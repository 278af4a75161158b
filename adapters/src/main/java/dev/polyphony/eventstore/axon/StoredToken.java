package dev.polyphony.eventstore.axon;

import java.time.Instant;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * How far one segment of a processor has come, as the nodes have stored it.
 *
 * @param token null before the first event
 * @param node who holds the segment; null when nobody does
 * @param seenAt when the row was last written
 */
public record StoredToken(
        int segment,
        @Nullable TrackingToken token,
        @Nullable String node,
        Instant seenAt) {
    /** The position of the last event that was seen; 0 when there was none. */
    public long position() {
        return token == null ? 0 : token.position().orElse(0);
    }

    /** Whether the segment has yet to reach the position at which it was reset. */
    public boolean isReplaying() {
        return token != null && ReplayToken.getTokenAtReset(token).orElse(0) > position();
    }
}
