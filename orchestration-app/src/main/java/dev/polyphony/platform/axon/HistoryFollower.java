package dev.polyphony.platform.axon;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one listener of this node every event, of whatever node, in the order of the history. Every node follows for itself, so it
 * is no event processor: those share their work. Nothing is stored; it begins where it is told to.
 */
public final class HistoryFollower {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryFollower.class);
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final String name;
    private final EventStore history;
    private final Consumer<EventMessage<?>> listener;
    private volatile long position;
    private volatile @Nullable Thread follower;

    /** @param listener when it throws, the event is passed over */
    public HistoryFollower(String name, EventStore history, Consumer<EventMessage<?>> listener) {
        this.name = name;
        this.history = history;
        this.listener = listener;
    }

    /** @param after the position of the last event that the listener is not told any more */
    public void start(long after) {
        position = after;
        Thread thread = Thread.ofVirtual().name(name).unstarted(this::follow);
        follower = thread; // first: it goes on only while it is there
        thread.start();
    }

    /** Of the last event that the listener was told. */
    public long position() {
        return position;
    }

    public boolean isRunning() {
        return follower != null;
    }

    public void stop() {
        Thread last = follower;
        follower = null;
        if (last != null) {
            last.interrupt();
            join(last);
        }
    }

    private void follow() {
        while (isRunning()) {
            try (BlockingStream<TrackedEventMessage<?>> events =
                    history.openStream(new GlobalSequenceTrackingToken(position))) {
                while (isRunning()) {
                    TrackedEventMessage<?> next = events.nextAvailable();
                    tell(next);
                    position = next.trackingToken().position().orElseThrow();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException gone) {
                LOG.warn("{} cannot follow the history, trying again: {}", name, gone.toString());
                LockSupport.parkNanos(RETRY_INTERVAL.toNanos());
            }
        }
    }

    private void tell(TrackedEventMessage<?> event) {
        try {
            listener.accept(event);
        } catch (RuntimeException failure) {
            LOG.error("{} passes over event {}", name, event.getIdentifier(), failure);
        }
    }

    private static void join(Thread last) {
        try {
            last.join(STOP_TIMEOUT);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
