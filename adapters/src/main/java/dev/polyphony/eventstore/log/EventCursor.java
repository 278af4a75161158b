package dev.polyphony.eventstore.log;

import dev.polyphony.eventstore.chain.StoredEvent;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Follows the history from one position: from the table while it lies far behind, reading the next pages while one is worked on,
 * and from memory once it has caught up.
 */
public final class EventCursor {
    private static final int PAGE = 1_000;

    /** With one, whoever follows waits for the database in turns with it. */
    private static final int PAGES_AHEAD = 2;

    private final EventTable table;
    private final RecentEvents recent;
    private long position;
    private final Queue<Page> ahead = new ArrayDeque<>();

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

    /** The table may hold more than this node has been notified of; that has to wait. */
    private int known(long after) {
        return Math.clamp(recent.last() - after, 0, PAGE);
    }

    private List<StoredEvent> next(int known) {
        Page page = ahead.poll();
        if (page != null && page.after() == position) {
            return readOn(page.events());
        }
        ahead.clear();
        List<StoredEvent> inMemory = recent.after(position, known);
        return inMemory.isEmpty() ? readOn(table.after(position, known)) : inMemory;
    }

    /** Positions have no gaps, so it is known where the next full pages begin; where a row is missing after all, they are read anew. */
    private List<StoredEvent> readOn(List<StoredEvent> page) {
        if (page.size() == PAGE) {
            long last = page.getLast().position();
            for (long after = last + (long) PAGE * ahead.size();
                    ahead.size() < PAGES_AHEAD && known(after) == PAGE;
                    after += PAGE) {
                ahead.add(Page.read(table, after));
            }
        }
        return page;
    }

    /** A page that is being read on a thread of its own. */
    private record Page(long after, FutureTask<List<StoredEvent>> reading) {
        static Page read(EventTable table, long after) {
            FutureTask<List<StoredEvent>> reading = new FutureTask<>(() -> table.after(after, PAGE));
            Thread.ofVirtual().name("history-page").start(reading);
            return new Page(after, reading);
        }

        List<StoredEvent> events() {
            try {
                return reading.get();
            } catch (ExecutionException failure) {
                throw failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the history was read", hurry);
            }
        }
    }
}
