package dev.polyphony.eventstore.log;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Follows the history from one position: from the table while it lies far behind, from memory once it has caught up. */
public final class EventCursor {
    private static final int PAGE = 1_000;

    private final EventTable table;
    private final RecentEvents recent;
    private final Queue<StoredEvent> page = new ArrayDeque<>();
    private long position;

    EventCursor(EventTable table, RecentEvents recent, long after) {
        this.table = table;
        this.recent = recent;
        this.position = after;
    }

    /** The next event, or null when there is none yet. For one thread at a time. */
    public @Nullable StoredEvent poll() {
        StoredEvent next = next();
        if (next != null) {
            position = next.position();
        }
        return next;
    }

    /** The table may hold more than this node has been told of; that has to wait until it has. */
    private @Nullable StoredEvent next() {
        long known = recent.last() - position;
        if (page.isEmpty() && known > 0) {
            StoredEvent inMemory = recent.get(position + 1);
            if (inMemory != null) {
                return inMemory;
            }
            page.addAll(table.after(position, (int) Math.min(PAGE, known)));
        }
        return page.poll();
    }
}
