package dev.polyphony.platform.metrics;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What several gauges show, read once for all of them: a value is a second old at most. */
public final class Sample<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Sample.class);
    private static final long MAX_AGE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Supplier<T> source;
    private final LongSupplier nanoTime;
    private @Nullable T value;
    private long readAt;

    public Sample(Supplier<T> source) {
        this(source, System::nanoTime);
    }

    Sample(Supplier<T> source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
        this.readAt = nanoTime.getAsLong() - MAX_AGE_NANOS - 1;
    }

    /** A number of the value; none while it cannot be read, such as without a database. */
    public synchronized double number(ToDoubleFunction<T> part) {
        long now = nanoTime.getAsLong();
        if (now - readAt > MAX_AGE_NANOS) {
            value = read();
            readAt = now;
        }
        return value == null ? Double.NaN : part.applyAsDouble(value);
    }

    private @Nullable T read() {
        try {
            return source.get();
        } catch (RuntimeException failure) {
            LOG.debug("a metric cannot be read", failure);
            return null;
        }
    }
}
