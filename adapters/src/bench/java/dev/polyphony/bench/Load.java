package dev.polyphony.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;

/**
 * Many threads that do one thing again and again.
 *
 * @param work gets the number of its thread
 */
record Load(int threads, ThreadFactory factory, IntConsumer work) {
    private static final long WARM_UP_NANOS = 1_000_000_000L;
    private static final long MEASURED_NANOS = 4_000_000_000L;

    static Load platform(int threads, IntConsumer work) {
        return new Load(threads, Thread.ofPlatform().daemon().factory(), work);
    }

    static Load virtual(int threads, IntConsumer work) {
        return new Load(threads, Thread.ofVirtual().factory(), work);
    }

    /** How often a second all threads together did it. */
    double perSecond() throws InterruptedException {
        long from = System.nanoTime() + WARM_UP_NANOS;
        long until = from + MEASURED_NANOS;
        LongAdder done = new LongAdder();
        CountDownLatch ended = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            int thread = i;
            factory.newThread(() -> {
                        work(thread, from, until, done);
                        ended.countDown();
                    })
                    .start();
        }
        ended.await();
        return done.sum() * 1e9 / MEASURED_NANOS;
    }

    private void work(int thread, long from, long until, LongAdder done) {
        for (long now = System.nanoTime(); now < until; now = System.nanoTime()) {
            work.accept(thread);
            long end = System.nanoTime();
            if (end >= from && end < until) {
                done.increment();
            }
        }
    }
}
