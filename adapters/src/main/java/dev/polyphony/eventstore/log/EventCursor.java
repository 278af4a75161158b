package dev.polyphony.eventstore.log;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Follows the history from one position: from the table while it lies far behind, reading a page while the one before it is
 * worked on, and from memory once it has caught up.
 */
public final class EventCursor {
    private static final int PAGE = 1_000;

    private final EventTable table;
    private final RecentEvents recent;
    private long position;
    private @Nullable FutureTask<List<StoredEvent>> ahead;

    EventCursor(EventTable table, RecentEvents recent, long after) {
        this.table = table;
        this.recent = recent;
        this.position = after;
    }

    /** The next events in order, at most a thousand; none when there are none yet. For one thread at a time. */
    public List<StoredEvent> poll() {
        int known = known(position);
        List<StoredEvent> page = known == 0 ? List.of() : next(known);
        if (!page.isEmpty()) {
            position = page.getLast().position();
        }
        return page;
    }

    /** The table may hold more than this node has been told of; that has to wait until it has. */
    private int known(long after) {
        return Math.clamp(recent.last() - after, 0, PAGE);
    }

    private List<StoredEvent> next(int known) {
        FutureTask<List<StoredEvent>> asked = ahead;
        ahead = null;
        if (asked != null) {
            return readOn(result(asked));
        }
        List<StoredEvent> inMemory = recent.after(position, known);
        return inMemory.isEmpty() ? readOn(table.after(position, known)) : inMemory;
    }

    private List<StoredEvent> readOn(List<StoredEvent> page) {
        if (page.size() == PAGE) {
            long last = page.getLast().position();
            int known = known(last);
            if (known > 0) {
                ahead = new FutureTask<>(() -> table.after(last, known));
                Thread.ofVirtual().name("history-page").start(ahead);
            }
        }
        return page;
    }

    private static List<StoredEvent> result(FutureTask<List<StoredEvent>> asked) {
        try {
            return asked.get();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the history was read", hurry);
        }
    }
}
