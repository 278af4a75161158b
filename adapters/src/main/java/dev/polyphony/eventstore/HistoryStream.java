package dev.polyphony.eventstore;

import dev.polyphony.eventstore.chain.StoredEvent;
import dev.polyphony.eventstore.log.EventCursor;
import dev.polyphony.eventstore.log.EventLog;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.jspecify.annotations.Nullable;

/** The history as an event processor follows it. For one thread at a time, but for the news. */
final class HistoryStream implements TrackingEventStream {
    private final EventLog log;
    private final EventCursor cursor;
    private final EventMessages messages;
    private final Semaphore news = new Semaphore(0);
    private final Runnable listener = this::tell;
    private volatile Runnable onAvailable = () -> {};
    private Iterator<TrackedEventMessage<?>> pending =
            Stream.<TrackedEventMessage<?>>empty().iterator();
    private @Nullable TrackedEventMessage<?> next;

    HistoryStream(EventLog log, long after, EventMessages messages) {
        this.log = log;
        this.cursor = log.follow(after);
        this.messages = messages;
        log.onNewEvents(listener);
    }

    private void tell() {
        news.release();
        onAvailable.run();
    }

    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
        onAvailable = callback;
        return true;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        return Optional.ofNullable(look());
    }

    /** An upcaster may make none or several of one event. */
    private @Nullable TrackedEventMessage<?> look() {
        while (next == null) {
            if (pending.hasNext()) {
                next = pending.next();
            } else {
                List<StoredEvent> events = cursor.poll();
                if (events.isEmpty()) {
                    return null;
                }
                pending = messages.tracked(events);
            }
        }
        return next;
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        news.drainPermits();
        boolean available = look() != null;
        while (!available && news.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            available = look() != null;
        }
        return available;
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        TrackedEventMessage<?> available = look();
        while (available == null) {
            news.acquire();
            available = look();
        }
        next = null;
        return available;
    }

    @Override
    public void close() {
        log.forget(listener);
    }
}
