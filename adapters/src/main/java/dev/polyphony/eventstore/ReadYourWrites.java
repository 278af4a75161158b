package dev.polyphony.eventstore;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiPredicate;

/**
 * Makes a caller see what it wrote. A request carries the position it must see, raised by every command that it sends; a
 * read waits until its projection has reached that position. Without a request there is nothing to wait for.
 */
public final class ReadYourWrites {
    /**
     * The longest that a read waits; after that it answers with what is there. Whoever waits because the database is gone waits for a
     * connection afterwards: together less than the 3 s within which a client is told to come again.
     */
    public static final Duration TIMEOUT = Duration.ofMillis(1_400);

    private static final ScopedValue<AtomicLong> POSITION = ScopedValue.newInstance();
    private static final long MIN_PAUSE_NANOS = 100_000;
    private static final long MAX_PAUSE_NANOS = 16_000_000;
    private static final int POLLS_PER_TIME_WAITED = 4;

    private final BiPredicate<String, Long> hasReached;

    /** @param hasReached tells whether the projection of a name has handled everything up to a position */
    public ReadYourWrites(BiPredicate<String, Long> hasReached) {
        this.hasReached = hasReached;
    }

    /**
     * Runs a request that must see everything up to a position.
     *
     * @param position also receives the positions that the request writes
     */
    public static <X extends Throwable> void during(AtomicLong position, Request<X> request) throws X {
        ScopedValue.where(POSITION, position).call(() -> {
            request.run();
            return position;
        });
    }

    static void written(long position) {
        if (POSITION.isBound()) {
            POSITION.get().accumulateAndGet(position, Math::max);
        }
    }

    /** Blocks until the projection shows what the current request must see, at most for {@link #TIMEOUT}. */
    public void await(String projection) {
        if (POSITION.isBound() && POSITION.get().get() > 0) {
            await(projection, POSITION.get().get());
        }
    }

    /** Polls often at first, when the projection has usually arrived, and then less and less often: a poll may be a query. */
    private void await(String projection, long position) {
        long start = System.nanoTime();
        long waited = 0;
        while (!hasReached.test(projection, position) && waited < TIMEOUT.toNanos()) {
            LockSupport.parkNanos(Math.clamp(waited / POLLS_PER_TIME_WAITED, MIN_PAUSE_NANOS, MAX_PAUSE_NANOS));
            waited = System.nanoTime() - start;
        }
    }

    /** A request that may throw. */
    @FunctionalInterface
    public interface Request<X extends Throwable> {
        void run() throws X;
    }
}
