package dev.polyphony.workflows.engine;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing again and again on a thread that it shares with nothing. After a failure the next time comes all the same. */
public final class OwnTimer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnTimer.class);
    private static final int CLOSE_SECONDS = 5;

    private final ScheduledExecutorService thread;

    private OwnTimer(ScheduledExecutorService thread) {
        this.thread = thread;
    }

    /** @param pause from the end of one time to the beginning of the next, and before the first */
    public static OwnTimer start(String name, Duration pause, Runnable task) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
        var _ = thread.scheduleWithFixedDelay(
                () -> perform(name, task), pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
        return new OwnTimer(thread);
    }

    private static void perform(String name, Runnable task) {
        try {
            task.run();
        } catch (Throwable failure) {
            LOG.warn("{} failed, will try again: {}", name, failure.toString());
        }
    }

    /** Waits a moment for what is under way. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException hurry) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
