package dev.polyphony.eventstore.log;

import dev.polyphony.eventstore.chain.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The newest events in memory, for those who follow the history on this node. It grows at its end only and without gaps: what
 * does not fit yet is left to whoever reads the table.
 */
final class RecentEvents {
    private static final int CAPACITY = 4_096;

    /** Larger events are read from the table instead, so that the ring holds at most some hundred megabytes. */
    private static final int MAX_PAYLOAD = 32_768;

    private final AtomicReferenceArray<@Nullable StoredEvent> ring = new AtomicReferenceArray<>(CAPACITY);
    private final Listeners<Runnable> listeners = new Listeners<>();
    private volatile long last;

    RecentEvents(long last) {
        this.last = last;
    }

    /** The position up to which everything is committed and known here. */
    long last() {
        return last;
    }

    /** What follows a position without a gap; it ends before the first event that is too old, too large or not known yet. */
    List<StoredEvent> after(long position, int limit) {
        List<StoredEvent> found = new ArrayList<>();
        for (long wanted = position + 1; wanted <= position + limit; wanted++) {
            StoredEvent event = ring.get(slot(wanted));
            if (event == null || event.position() != wanted) {
                return found;
            }
            found.add(event);
        }
        return found;
    }

    /** @param events committed ones in order, without gaps; those that are known already are passed over */
    void offer(List<StoredEvent> events) {
        if (add(events)) {
            listeners.notifyEach(Runnable::run);
        }
    }

    private synchronized boolean add(List<StoredEvent> events) {
        long before = last;
        for (StoredEvent event : events) {
            if (event.position() == last + 1) {
                ring.set(slot(event.position()), isSmall(event) ? event : null);
                last = event.position();
            }
        }
        return last > before;
    }

    void onNewEvents(Runnable listener) {
        listeners.add(listener);
    }

    void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    private static boolean isSmall(StoredEvent event) {
        return event.content().payload().length() <= MAX_PAYLOAD;
    }

    private static int slot(long position) {
        return (int) (position % CAPACITY);
    }
}
