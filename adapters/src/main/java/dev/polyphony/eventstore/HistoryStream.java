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

/** The history as an event processor follows it. For one thread at a time, but for the newEvents. */
final class HistoryStream implements TrackingEventStream {
    private final EventLog log;
    private final EventCursor cursor;
    private final EventMessages messages;
    private final Semaphore newEvents = new Semaphore(0);
    private final Runnable listener = this::notifyFollower;
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

    private void notifyFollower() {
        newEvents.release();
        onAvailable.run();
    }

    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
        onAvailable = callback;
        return true;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        return Optional.ofNullable(next());
    }

    /** An upcaster may make none or several of one event. */
    private @Nullable TrackedEventMessage<?> next() {
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
        newEvents.drainPermits();
        boolean available = next() != null;
        while (!available && newEvents.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            available = next() != null;
        }
        return available;
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        TrackedEventMessage<?> available = next();
        while (available == null) {
            newEvents.acquire();
            available = next();
        }
        next = null;
        return available;
    }

    @Override
    public void close() {
        log.removeListener(listener);
    }
}
