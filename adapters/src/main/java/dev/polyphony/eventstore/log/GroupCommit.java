package dev.polyphony.eventstore.log;

import dev.polyphony.eventstore.chain.StoredEvent;
import dev.polyphony.postgres.SqlFailure;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of this node. While one group is being committed the next one gathers, so that many appends share the price of
 * one commit and a single one pays for nobody else.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int MAX_GROUP = 512;
    private static final long IDLE_POLL_MILLIS = 500;
    private static final long RECONNECT_NANOS = 100_000_000;

    /** After so many groups of one, a caller counts as the only one. */
    private static final int SINGLE_GROUPS = 3;

    private final DataSource connections;
    private final String node;
    private final Consumer<List<StoredEvent>> onStored;
    private final BlockingQueue<PendingAppend> waiting;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable LogWriter writer;
    private volatile int singleGroups;

    /** Whoever holds it writes, and may touch what follows. */
    private final ReentrantLock writing = new ReentrantLock();

    private @Nullable Head written;
    private boolean contended;
    private boolean interrupted;
    private List<PendingAppend> inProgress = List.of();
    private @Nullable Throwable broken;

    /**
     * @param connections gives connections that nobody else uses
     * @param maxWaiting appends that wait while others are written; one more is refused
     * @param onStored hears in order what was written; it must not throw
     */
    GroupCommit(DataSource connections, String node, int maxWaiting, Consumer<List<StoredEvent>> onStored) {
        this.connections = connections;
        this.node = node;
        this.waiting = new LinkedBlockingQueue<>(maxWaiting);
        this.onStored = onStored;
        this.thread = Thread.ofPlatform().name("event-writer").daemon().start(this::run);
    }

    /** The caller then waits for it. */
    void submit(PendingAppend append) {
        if (closed) {
            throw LogUnavailable.nothingWritten();
        }
        if (!isWrittenHere(append) && !waiting.offer(append)) {
            throw LogUnavailable.full(waiting.size());
        }
    }

    /** How many appends wait for the group that is being written. */
    int waiting() {
        return waiting.size();
    }

    /** A caller who is alone writes for itself, which saves two changes of thread. What goes wrong is left to the writer. */
    private boolean isWrittenHere(PendingAppend append) {
        if (singleGroups < SINGLE_GROUPS || !writing.tryLock()) {
            return false;
        }
        try {
            LogWriter current = writer;
            Head expected = written;
            return current != null && expected != null && !contended && isWrittenHere(current, expected, append);
        } finally {
            writing.unlock();
        }
    }

    private boolean isWrittenHere(LogWriter current, Head expected, PendingAppend append) {
        try {
            stored(current.appendAt(expected, append, EventLog.TIMEOUT));
            append.markNotWritten();
        } catch (SQLException failure) {
            if (classify(failure, List.of(append)).passes()) {
                disconnect();
            }
        } catch (RuntimeException | Error failure) {
            broken = failure;
            disconnect();
            append.markInDoubt();
        }
        if (!waiting.isEmpty()) {
            singleGroups = 0;
        }
        return !append.isWanted();
    }

    private void run() {
        while (!closed || !waiting.isEmpty()) {
            try {
                round(waiting.poll(IDLE_POLL_MILLIS, TimeUnit.MILLISECONDS));
            } catch (InterruptedException _) {
                LOG.debug("the event writer was interrupted: it looks whether it is to end");
            } catch (Throwable failure) { // an Error too: without this thread nothing would ever be written again
                broken = failure;
            }
        }
        end();
    }

    private void end() {
        writing.lock();
        try {
            disconnect();
        } finally {
            writing.unlock();
        }
    }

    private void round(@Nullable PendingAppend first) {
        writing.lock();
        try {
            Throwable failure = broken;
            if (failure != null) {
                broken = null;
                startAgain(failure);
            }
            if (first != null) {
                inProgress = group(first);
                commit(inProgress);
                singleGroups =
                        inProgress.size() == 1 && waiting.isEmpty() ? Math.min(singleGroups + 1, SINGLE_GROUPS) : 0;
            }
        } finally {
            writing.unlock();
        }
    }

    private void startAgain(Throwable failure) {
        disconnect();
        inProgress.forEach(PendingAppend::abandon);
        LOG.error("the event writer failed and starts again", failure);
        LockSupport.parkNanos(RECONNECT_NANOS);
    }

    private List<PendingAppend> group(PendingAppend first) {
        List<PendingAppend> group = new ArrayList<>();
        group.add(first);
        waiting.drainTo(group, MAX_GROUP - 1);
        return group;
    }

    /** Returns when every append of the group has its answer, or nobody waits for one any more. */
    private void commit(List<PendingAppend> group) {
        boolean raced = false;
        for (List<PendingAppend> open = wanted(group); !open.isEmpty(); open = wanted(open)) {
            try {
                LogWriter current = connected();
                boolean resolve = raced || open.stream().anyMatch(PendingAppend::isInDoubt);
                stored(resolve ? current.resolveAndAppend(open) : append(current, open));
            } catch (SQLException failure) {
                SqlFailure kind = classify(failure, open);
                if (kind.passes()) {
                    tryLater(open, failure);
                } else if (kind == SqlFailure.DUPLICATE && !raced) {
                    raced = true;
                } else {
                    refuse(open, failure);
                    return;
                }
            } catch (RuntimeException bug) {
                disconnect();
                open.forEach(PendingAppend::markInDoubt);
                refuse(open, bug);
                return;
            }
        }
    }

    /** Marks the appends as not written, or as in doubt, as the failure says. */
    private static SqlFailure classify(SQLException failure, List<PendingAppend> appends) {
        SqlFailure kind = SqlFailure.of(failure);
        appends.forEach(kind.isInDoubt() ? PendingAppend::markInDoubt : PendingAppend::markNotWritten);
        return kind;
    }

    private static List<PendingAppend> wanted(List<PendingAppend> appends) {
        return appends.stream().filter(PendingAppend::isWanted).toList();
    }

    private void tryLater(List<PendingAppend> appends, SQLException failure) {
        disconnect();
        if (closed) {
            appends.forEach(PendingAppend::abandon);
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
        List<PendingAppend> rest = new ArrayList<>();
        waiting.drainTo(rest);
        rest.forEach(PendingAppend::abandon);
    }

    private List<StoredEvent> append(LogWriter current, List<PendingAppend> appends) throws SQLException {
        Head expected = written;
        if (expected != null && !contended) {
            List<StoredEvent> events = current.appendAt(expected, appends);
            if (!events.isEmpty()) {
                return events;
            }
            appends.forEach(PendingAppend::markNotWritten);
        }
        return current.appendLocked(appends);
    }

    /** Their appends have their answers: nothing that a listener does may turn a stored append into a failed one. */
    private void stored(List<StoredEvent> events) {
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

    /** What is wrong with one append must not fail the others: halving the group finds it in a few steps. */
    private void refuse(List<PendingAppend> appends, Exception failure) {
        if (appends.size() == 1) {
            appends.getFirst().failed(failure);
        } else {
            int half = appends.size() / 2;
            commit(appends.subList(0, half));
            commit(appends.subList(half, appends.size()));
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
            throw new SQLTransientConnectionException(failure.getMessage(), failure.getSQLState(), failure);
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

    /** Writes what was submitted before, and ends; a database that does not answer is left when nobody waits any more. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        LogWriter stuck = hasEnded() ? null : writer;
        if (stuck != null) {
            LOG.warn("the database does not answer: what was being written may or may not be stored");
            stuck.abort();
            hasEnded();
        }
    }

    private boolean hasEnded() {
        try {
            return thread.join(EventLog.TIMEOUT);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
