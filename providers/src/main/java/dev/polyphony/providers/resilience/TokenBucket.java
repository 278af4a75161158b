package dev.polyphony.providers.resilience;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * So many in a minute, as a bucket that fills evenly and is full at first. What was estimated can be put right afterwards; the
 * bucket is in debt then until it has filled up.
 */
final class TokenBucket {
    private static final double MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    private final double perMinute;
    private final LongSupplier nanos;
    private double level;
    private long at;

    TokenBucket(int perMinute, LongSupplier nanos) {
        this.perMinute = perMinute;
        this.nanos = nanos;
        this.level = perMinute;
        this.at = nanos.getAsLong();
    }

    /**
     * Takes them if they are there; as many as there can ever be count as enough for more.
     *
     * @return null when they were taken, otherwise how long until they will be there
     */
    synchronized @Nullable Duration take(int amount) {
        fill();
        double needed = Math.min(amount, perMinute);
        if (level >= needed) {
            level -= amount;
            return null;
        }
        return Duration.ofNanos((long) Math.ceil((needed - level) / perMinute * MINUTE_NANOS));
    }

    /** Gives back what was taken too much; a negative amount takes what was taken too little. */
    synchronized void correct(int amount) {
        fill();
        level = Math.min(perMinute, level + amount);
    }

    /** Whether not even one is there. */
    synchronized boolean isUsedUp() {
        fill();
        return level < 1;
    }

    private void fill() {
        long now = nanos.getAsLong();
        level = Math.min(perMinute, level + (now - at) / MINUTE_NANOS * perMinute);
        at = now;
    }
}
