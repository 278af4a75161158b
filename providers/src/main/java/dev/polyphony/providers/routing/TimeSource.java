package dev.polyphony.providers.routing;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * How time goes by.
 *
 * @param clock tells when something was
 * @param nanos tells how long something took: nanoseconds that only ever grow
 * @param pause lets time go by
 * @param chance 0 to 1, so that those who come again do not come together
 */
public record TimeSource(Clock clock, LongSupplier nanos, Pause pause, DoubleSupplier chance) {
    /** Blocks for a time. */
    public interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    public static TimeSource of(Clock clock) {
        return new TimeSource(
                clock,
                System::nanoTime,
                time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()),
                () -> ThreadLocalRandom.current().nextDouble());
    }
}
