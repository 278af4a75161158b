package dev.polyphony.eventstore.log;

import java.sql.SQLException;
import java.time.Duration;
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
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final DataSource connections;
    private final String node;
    private final Consumer<List<StoredEvent>> onStored;
    private final BlockingQueue<Append> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable LogWriter writer;

    private @Nullable Head written;
    private boolean contended;
    private boolean interrupted;
    private List<Append> inHand = List.of();
    private @Nullable Throwable broken;

    /**
     * @param connections gives connections that nobody else uses
     * @param onStored hears in order what was written; it must not throw
     */
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
            try {
                round();
            } catch (Throwable failure) { // an Error too: without this thread nothing would ever be written again
                broken = failure;
            }
        }
        disconnect();
    }

    private void round() {
        Throwable failure = broken;
        if (failure != null) {
            broken = null;
            startAgain(failure);
        }
        inHand = nextGroup();
        commit(inHand);
    }

    private void startAgain(Throwable failure) {
        disconnect();
        inHand.forEach(unit -> unit.failed(LogUnavailable.unknown()));
        LOG.error("the event writer failed and starts again", failure);
        LockSupport.parkNanos(RECONNECT_NANOS);
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
        return group;
    }

    /** Ends when every unit of the group has its answer, or nobody waits for one any more. */
    private void commit(List<Append> group) {
        boolean settle = false;
        for (List<Append> open = wanted(group); !open.isEmpty(); open = wanted(open)) {
            try {
                LogWriter current = connected();
                stored(open, settle ? current.settleAndAppend(open) : append(current, open));
            } catch (SQLException failure) {
                if (!mayGoBetter(failure, settle)) {
                    refuse(open, failure);
                    return;
                }
                settle = settle || SqlStates.isInDoubt(failure) || SqlStates.isDuplicate(failure);
                if (SqlStates.isTransient(failure)) {
                    tryLater(open, settle, failure);
                }
            } catch (RuntimeException bug) {
                disconnect();
                refuse(open, bug);
                return;
            }
        }
    }

    private static List<Append> wanted(List<Append> units) {
        return units.stream().filter(Append::isWanted).toList();
    }

    /** Once settled under the lock, a duplicate is no lost race any more. */
    private static boolean mayGoBetter(SQLException failure, boolean settled) {
        return SqlStates.isTransient(failure) || (SqlStates.isDuplicate(failure) && !settled);
    }

    private void tryLater(List<Append> units, boolean inDoubt, SQLException failure) {
        disconnect();
        if (!inDoubt) {
            units.forEach(Append::untouched);
        }
        if (closed) {
            units.forEach(unit -> unit.failed(inDoubt ? LogUnavailable.unknown() : LogUnavailable.nothingWritten()));
            leaveTheRest();
            return;
        }
        if (!interrupted) {
            LOG.warn("the history cannot be written just now, trying again until it can: {}", failure.getMessage());
        }
        interrupted = true;
        LockSupport.parkNanos(RECONNECT_NANOS);
    }

    private void leaveTheRest() {
        List<Append> rest = new ArrayList<>();
        waiting.drainTo(rest);
        rest.forEach(unit -> unit.failed(LogUnavailable.nothingWritten()));
    }

    private List<StoredEvent> append(LogWriter current, List<Append> units) throws SQLException {
        Head expected = written;
        if (expected != null && !contended) {
            List<StoredEvent> events = current.appendAt(expected, units);
            if (!events.isEmpty()) {
                return events;
            }
            units.forEach(Append::untouched);
        }
        return current.appendLocked(units);
    }

    /** The answers come first: nothing that a listener does may turn a stored unit into a failed one. */
    private void stored(List<Append> units, List<StoredEvent> events) {
        answer(units, events);
        if (interrupted) {
            LOG.info("the history can be written again");
            interrupted = false;
        }
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

    /** What one unit did wrong must not hurt the others: halves find it in a few steps. */
    private void refuse(List<Append> units, Exception failure) {
        if (units.size() == 1) {
            units.getFirst().failed(failure);
        } else {
            int half = units.size() / 2;
            commit(units.subList(0, half));
            commit(units.subList(half, units.size()));
        }
    }

    private LogWriter connected() throws SQLException {
        LogWriter current = writer;
        if (current == null) {
            current = connect();
            writer = current;
            written = null;
        }
        return current;
    }

    private LogWriter connect() throws SQLException {
        try {
            return LogWriter.on(connections.getConnection(), node);
        } catch (SQLException failure) {
            throw SqlStates.notConnected(failure);
        }
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

    /** Writes what was submitted before, and ends; a database that does not answer is left after a while. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        LogWriter stuck = hasEnded() ? null : writer;
        if (stuck != null) {
            LOG.warn("the database does not answer: what was being written is left to its fate");
            stuck.abort();
            hasEnded();
        }
    }

    private boolean hasEnded() {
        try {
            return thread.join(CLOSE_PATIENCE);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
