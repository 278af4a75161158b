package dev.polyphony.eventstore.axon;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * Only goes forward, however the machine's clock is set. Axon measures by a clock when to extend a claim and when to look for one;
 * by the machine's it would do neither for as long as that is set back.
 */
final class MonotonicClock extends Clock {
    private final LongSupplier nanos;
    private final Instant start;
    private final long startNanos;
    private final ZoneId zone;

    /** @param nanos what only goes forward, such as {@link System#nanoTime} */
    MonotonicClock(LongSupplier nanos) {
        this(nanos, Clock.systemUTC().instant(), nanos.getAsLong(), ZoneOffset.UTC);
    }

    private MonotonicClock(LongSupplier nanos, Instant start, long startNanos, ZoneId zone) {
        this.nanos = nanos;
        this.start = start;
        this.startNanos = startNanos;
        this.zone = zone;
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos.getAsLong() - startNanos);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new MonotonicClock(nanos, start, startNanos, other);
    }
}
