package dev.polyphony.eventstore.log;

import dev.polyphony.eventstore.chain.EventContent;
import dev.polyphony.eventstore.chain.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/**
 * The history of everything, in one order that is the order of commits. Every node that writes holds one of these on the same
 * database.
 */
public final class EventLog implements AutoCloseable {
    /** The longest that {@link #append} waits for a database that does not answer. */
    public static final Duration TIMEOUT = Duration.ofMillis(2_500);

    /** How many appends wait at most, where nobody says otherwise. */
    public static final int MAX_WAITING = 4_096;

    private final EventTable table;
    private final RecentEvents recent;
    private final GroupCommit writer;
    private final NotificationListener tail;
    private final Listeners<Consumer<List<StoredEvent>>> writtenHere = new Listeners<>();
    private final Listeners<Consumer<List<StoredEvent>>> foundHere = new Listeners<>();

    /**
     * @param sql for reading, from a pool
     * @param connections see {@link LogConnections}; two stay open, one to write and one to listen
     */
    public EventLog(DSLContext sql, DataSource connections) {
        this(sql, connections, MAX_WAITING);
    }

    /** @param maxWaiting appends that wait while others are written; one more is refused at once */
    public EventLog(DSLContext sql, DataSource connections, int maxWaiting) {
        String node = UUID.randomUUID().toString();
        table = new EventTable(sql);
        recent = new RecentEvents(table.head());
        writer = new GroupCommit(connections, node, maxWaiting, this::written);
        tail = new NotificationListener(connections, node, recent, this::found);
    }

    private void written(List<StoredEvent> events) {
        recent.offer(events);
        writtenHere.notifyEach(listener -> listener.accept(events));
    }

    private void found(List<StoredEvent> events) {
        foundHere.notifyEach(listener -> listener.accept(events));
    }

    /**
     * Makes the events of one unit of work durable, all of them or none.
     *
     * @return the position of the last of them
     * @throws IllegalArgumentException when there are no events
     * @throws SequenceConflict when another unit of work was first with one of the sequences
     * @throws LogUnavailable when the database does not answer within {@link #TIMEOUT}, or too many appends wait
     */
    public long append(List<EventContent> events) {
        PendingAppend append = new PendingAppend(events);
        long start = System.nanoTime();
        writer.submit(append);
        return append.await(TIMEOUT.minusNanos(System.nanoTime() - start));
    }

    /** How many appends wait while others are written. */
    public int waiting() {
        return writer.waiting();
    }

    /** Follows the history from the event after a position. */
    public EventCursor follow(long position) {
        return new EventCursor(table, recent, position);
    }

    /** Runs the listener, quickly and on whatever thread, each time there are new events to follow. */
    public void onNewEvents(Runnable listener) {
        recent.onNewEvents(listener);
    }

    public void removeListener(Runnable listener) {
        recent.removeListener(listener);
    }

    /**
     * Hands over, in order, what this node has written, after its commit. What the node learns only later to have been written,
     * because the connection was lost in the middle, comes to {@link #onFound} instead.
     */
    public void onWritten(Consumer<List<StoredEvent>> listener) {
        writtenHere.add(listener);
    }

    /**
     * Hands over, in order, what other nodes have written, before the followers of this node see it. Now and then that includes
     * what this node has written.
     */
    public void onFound(Consumer<List<StoredEvent>> listener) {
        foundHere.add(listener);
    }

    /** The events of one aggregate in order, at most {@code limit}. */
    public List<StoredEvent> ofAggregate(String aggregateId, long firstSequence, int limit) {
        return table.ofAggregate(aggregateId, firstSequence, limit);
    }

    /** The sequence of the newest event of an aggregate. */
    public Optional<Long> lastSequence(String aggregateId) {
        return table.lastSequence(aggregateId);
    }

    /** The position of the newest event; 0 before the first. */
    public long head() {
        return table.head();
    }

    /**
     * The position itself, or that of the newest event when it lies beyond. Asks the database only about what is new to this
     * node.
     */
    public long capAtHead(long position) {
        return position <= recent.last() ? position : Math.min(position, table.head());
    }

    /** The position of the first event at or after a time. */
    public Optional<Long> firstSince(Instant time) {
        return table.firstSince(time);
    }

    /** Writes what was accepted, and ends. */
    @Override
    public void close() {
        writer.close();
        tail.close();
    }
}
