package dev.polyphony.eventstore;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;

/**
 * Tells its followers at once when this node has committed events. Without it Axon's processors look every half second.
 * Events of other nodes are told by whoever watches the head, and found by the processors' own look every five seconds.
 */
public final class PromptEventStore extends EmbeddedEventStore {
    private final Set<PromptStream> followers = ConcurrentHashMap.newKeySet();

    public PromptEventStore(EventStorageEngine engine) {
        super(builder().storageEngine(engine).optimizeEventConsumption(false));
    }

    @Override
    protected void afterCommit(List<? extends EventMessage<?>> events) {
        super.afterCommit(events);
        tellFollowers();
    }

    /** To be called when another node has committed events. */
    public void tellFollowers() {
        followers.forEach(PromptStream::tell);
    }

    @Override
    public TrackingEventStream openStream(@Nullable TrackingToken token) {
        PromptStream follower = new PromptStream(super.openStream(token));
        followers.add(follower);
        return follower;
    }

    private final class PromptStream implements TrackingEventStream {
        private final TrackingEventStream events;
        private volatile Runnable onAvailable = () -> {};

        private PromptStream(TrackingEventStream events) {
            this.events = events;
        }

        private void tell() {
            onAvailable.run();
        }

        @Override
        public boolean setOnAvailableCallback(Runnable callback) {
            onAvailable = callback;
            return true;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return events.peek();
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            return events.hasNextAvailable(timeout, unit);
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            return events.nextAvailable();
        }

        @Override
        public void close() {
            followers.remove(this);
            events.close();
        }
    }
}
