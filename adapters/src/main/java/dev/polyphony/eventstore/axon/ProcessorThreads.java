package dev.polyphony.eventstore.axon;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.AxonThreadFactory;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.jspecify.annotations.Nullable;

/**
 * The threads of event processors, which take many events at once where there are many: every batch costs a transaction. Axon's
 * own begin the next batch with the first event that came meanwhile.
 */
public final class ProcessorThreads {
    private static final int WORKERS = 4;

    /** A batch that took less than this was small, or cost little but its transaction. */
    private static final long SMALL_BATCH_NANOS = 1_000_000;

    /** So long a worker waits for more when events came during a small batch; who comes while it rests does not wait. */
    private static final long BATCH_DELAY_MICROS = 500;

    /** Axon rests so long when the queue of a segment is full, and its workers have long been done by then. */
    private static final long FULL_QUEUE_MILLIS = 100;

    private static final long FULL_QUEUE_DELAY_MILLIS = 2;

    /** The longest rest while the workers are busy. */
    private static final long BUSY_DELAY_MILLIS = 10;

    private ProcessorThreads() {}

    public static PooledStreamingEventProcessor.Builder in(
            Configuration axon, PooledStreamingEventProcessor.Builder processor) {
        Workers workers = new Workers();
        return processor
                .clock(new MonotonicClock(System::nanoTime))
                .coordinatorExecutor(name -> endingWith(axon, new Coordinator(name, workers)))
                .workerExecutor(name -> endingWith(axon, workers.named(name)));
    }

    private static ScheduledExecutorService endingWith(Configuration axon, ScheduledExecutorService threads) {
        axon.onShutdown(threads::shutdown);
        return threads;
    }

    /**
     * Axon's coordinator looks twice whether the queues have room: once before it looks for more events, and once more when they had
     * none. When a worker makes room in between, it takes the history for ended and rests for five seconds, or until the next event.
     */
    static final class Coordinator extends ScheduledThreadPoolExecutor {
        private final Workers workers;

        Coordinator(String processor, Workers workers) {
            super(1, new AxonThreadFactory("Coordinator[" + processor + "]"));
            this.workers = workers;
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            long millis = unit.toMillis(delay);
            if (millis == FULL_QUEUE_MILLIS) {
                return super.schedule(task, FULL_QUEUE_DELAY_MILLIS, MILLISECONDS);
            }
            return millis > FULL_QUEUE_MILLIS && workers.areBusy()
                    ? super.schedule(task, BUSY_DELAY_MILLIS, MILLISECONDS)
                    : super.schedule(task, delay, unit);
        }
    }

    static final class Workers extends ScheduledThreadPoolExecutor {
        /** When the batch of the current thread began; null on the threads of others. */
        private final ThreadLocal<@Nullable Long> begun = new ThreadLocal<>();

        Workers() {
            super(WORKERS);
        }

        Workers named(String processor) {
            setThreadFactory(new AxonThreadFactory("WorkPackage[" + processor + "]"));
            return this;
        }

        boolean areBusy() {
            return getActiveCount() > 0 || !getQueue().isEmpty();
        }

        @Override
        protected void beforeExecute(Thread worker, Runnable batch) {
            begun.set(System.nanoTime());
        }

        /** A worker asks for its own next batch when something is left. */
        @Override
        public Future<?> submit(Runnable batch) {
            Long start = begun.get();
            boolean wasSmall = start != null && System.nanoTime() - start < SMALL_BATCH_NANOS;
            return wasSmall ? schedule(batch, BATCH_DELAY_MICROS, MICROSECONDS) : super.submit(batch);
        }
    }
}
