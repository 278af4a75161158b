package dev.polyphony.postgres;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Suspects whoever holds something and no longer moves, as this process sees it: a value in the database that the holder changes
 * again and again has stayed the same for too long by this process's own monotonic clock. No wall clock is asked, neither the
 * database's nor a machine's, so one that is set back or forward changes nothing. Safe to share between threads.
 *
 * @param <K> names what is held
 */
public final class FailureDetector<K> {
    private final LongSupplier nanos;
    private final Map<K, Sighting> sightings = new ConcurrentHashMap<>();

    /** @param nanos a clock that only goes forward, such as {@link System#nanoTime} */
    public FailureDetector(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** @param unchanged nanoseconds */
    private record Sighting(Object value, long seenAt, long unchanged) {}

    /**
     * Call it again and again, each time with what was just read. Whoever is seen for the first time is not suspected.
     *
     * @param value as it is in the database now
     * @param timeout how long the value may stay the same
     */
    public boolean suspects(K key, Object value, Duration timeout) {
        long now = nanos.getAsLong();
        return sightings
                        .compute(key, (_, last) -> next(last, value, now, timeout))
                        .unchanged()
                >= timeout.toNanos();
    }

    /**
     * A gap between two looks counts as half the timeout at most: while this process stood still or the database was away, the
     * holder could not be seen to move, and perhaps could not move.
     */
    private static Sighting next(@Nullable Sighting last, Object value, long now, Duration timeout) {
        if (last == null || !last.value().equals(value)) {
            return new Sighting(value, now, 0);
        }
        long gap = Math.min(now - last.seenAt(), timeout.toNanos() / 2);
        return new Sighting(value, now, last.unchanged() + gap);
    }

    /** Forgets all others. */
    public void retain(Collection<K> keys) {
        sightings.keySet().retainAll(keys);
    }
}
