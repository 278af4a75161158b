package dev.polyphony.eventstore.log;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of this node. While one group is being committed the next one gathers, so that many units share the price of
 * one commit and a lone one pays for nobody else.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int LARGEST_GROUP = 512;
    private static final long IDLE_LOOK_MILLIS = 500;
    private static final long RECONNECT_NANOS = 100_000_000;

    private final DataSource connections;
    private final String node;
    private final Consumer<List<StoredEvent>> onStored;
    private final BlockingQueue<Append> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    private @Nullable LogWriter writer;
    private @Nullable Head written;
    private boolean contended;

    /** @param connections gives connections that nobody else uses */
    GroupCommit(DataSource connections, String node, Consumer<List<StoredEvent>> onStored) {
        this.connections = connections;
        this.node = node;
        this.onStored = onStored;
        this.thread = Thread.ofPlatform().name("event-writer").daemon().start(this::run);
    }

    /** The caller then waits for it. */
    void submit(Append unit) {
        if (closed) {
            throw LogUnavailable.nothingWritten();
        }
        waiting.add(unit);
    }

    private void run() {
        while (!closed || !waiting.isEmpty()) {
            List<Append> group = nextGroup();
            if (!group.isEmpty()) {
                commit(group);
            }
        }
        disconnect();
    }

    private List<Append> nextGroup() {
        List<Append> group = new ArrayList<>();
        try {
            Append first = waiting.poll(IDLE_LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                group.add(first);
                waiting.drainTo(group, LARGEST_GROUP - 1);
            }
        } catch (InterruptedException _) {
            LOG.debug("the event writer was interrupted: it looks whether it is to end");
        }
        return group.stream().filter(Append::take).toList();
    }

    /** Ends when every unit of the group has its answer, or nobody waits for one any more. */
    private void commit(List<Append> group) {
        List<Append> open = group;
        boolean inDoubt = false;
        while (!open.isEmpty()) {
            try {
                stored(open, inDoubt ? connected().settleAndAppend(open) : append(open));
                return;
            } catch (SQLException failure) {
                if (!settlesByTrying(failure, inDoubt)) {
                    refuse(open, failure);
                    return;
                }
                inDoubt = true;
            } catch (RuntimeException bug) {
                disconnect();
                refuse(open, bug);
                return;
            }
            open = open.stream().filter(Append::isWanted).toList();
        }
    }

    /** Whether to look at what has become of the group, and to try what is left of it again. */
    private boolean settlesByTrying(SQLException failure, boolean inDoubt) {
        if (SqlStates.isTransient(failure)) {
            disconnect();
            LOG.warn("the history cannot be written just now, will try again: {}", failure.getMessage());
            LockSupport.parkNanos(RECONNECT_NANOS);
            return !closed;
        }
        return SqlStates.isDuplicate(failure) && !inDoubt;
    }

    private List<StoredEvent> append(List<Append> units) throws SQLException {
        if (written != null && !contended) {
            List<StoredEvent> events = connected().appendAt(written, units);
            if (!events.isEmpty()) {
                return events;
            }
        }
        return connected().appendLocked(units);
    }

    /** The answers come first: nothing that a listener does may turn a stored unit into a failed one. */
    private void stored(List<Append> units, List<StoredEvent> events) {
        answer(units, events);
        if (!events.isEmpty()) {
            StoredEvent first = events.getFirst();
            StoredEvent last = events.getLast();
            contended = written != null && written.position() != first.position() - 1;
            written = new Head(last.position(), last.hash());
            onStored.accept(events);
        }
    }

    /** The events lie in the order of their units. */
    private static void answer(List<Append> units, List<StoredEvent> events) {
        int next = 0;
        for (Append unit : units) {
            boolean isStored = next < events.size() && unit.isFirst(events.get(next));
            if (isStored) {
                next += unit.events().size();
                unit.stored(events.get(next - 1).position());
            }
        }
    }

    /** What one unit did wrong must not hurt the others. */
    private void refuse(List<Append> units, Exception failure) {
        if (units.size() == 1) {
            units.getFirst().failed(closed ? LogUnavailable.unknown() : failure);
        } else {
            units.forEach(unit -> commit(List.of(unit)));
        }
    }

    private LogWriter connected() throws SQLException {
        LogWriter current = writer;
        if (current == null) {
            current = new LogWriter(connections.getConnection(), node);
            writer = current;
            written = null;
        }
        return current;
    }

    private void disconnect() {
        LogWriter last = writer;
        writer = null;
        if (last != null) {
            try {
                last.close();
            } catch (SQLException alreadyGone) {
                LOG.debug("the connection of the event writer was gone already", alreadyGone);
            }
        }
    }

    /** Writes what was submitted before, and ends. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
