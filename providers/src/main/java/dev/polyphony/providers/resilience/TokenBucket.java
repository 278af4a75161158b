package dev.polyphony.providers.resilience;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * So many in a minute, as a bucket that fills evenly and is full at first. What was estimated can be put right afterwards; the
 * bucket is in debt then until it has filled up.
 */
final class TokenBucket {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final int perMinute;
    private final Bucket bucket;

    TokenBucket(int perMinute, LongSupplier nanos) {
        this.perMinute = perMinute;
        this.bucket = Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, MINUTE))
                .withCustomTimePrecision(new Nanos(nanos))
                .build();
    }

    private record Nanos(LongSupplier nanos) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanos.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    /**
     * Takes them if they are there; as many as there can ever be count as enough for more.
     *
     * @return null when they were taken, otherwise how long until they will be there
     */
    synchronized @Nullable Duration take(int amount) {
        int needed = Math.min(amount, perMinute);
        if (bucket.getAvailableTokens() >= needed) {
            correct(-amount);
            return null;
        }
        long wait = bucket.estimateAbilityToConsume(Math.max(needed, 1)).getNanosToWaitForRefill();
        return Duration.ofNanos(
                needed == 0 ? wait - MINUTE.toNanos() / perMinute : wait); // a debt alone is paid off earlier
    }

    /** Gives back what was taken too much; a negative amount takes what was taken too little. */
    synchronized void correct(int amount) {
        if (amount > 0) {
            bucket.addTokens(amount);
        } else if (amount < 0) {
            bucket.consumeIgnoringRateLimits(-(long) amount);
        }
    }

    /** Whether not even one is there. */
    boolean isUsedUp() {
        return bucket.getAvailableTokens() < 1;
    }
}
