package dev.polyphony.providers.routing;

import java.time.Duration;
import java.util.function.LongSupplier;

/** What is left of a request's time. */
final class Deadline {
    private static final Duration MIN = Duration.ofMillis(1);
    private static final int RESERVED_PARTS = 4;

    private final LongSupplier nanos;
    private final long start;
    private final Duration whole;

    Deadline(Duration whole, LongSupplier nanos) {
        this.whole = whole;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    boolean remains() {
        return left().compareTo(MIN) >= 0;
    }

    Duration left() {
        return whole.minusNanos(nanos.getAsLong() - start);
    }

    /** All of it, for an attempt that was just allowed: even if the time has run out since, an attempt has some. */
    Duration rest() {
        Duration left = left();
        return left.compareTo(MIN) < 0 ? MIN : left;
    }

    /** All but a quarter, which is kept for others. */
    Duration share() {
        Duration left = left();
        Duration share = left.minus(left.dividedBy(RESERVED_PARTS));
        return share.compareTo(MIN) < 0 ? MIN : share;
    }
}
