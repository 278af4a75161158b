package dev.polyphony.eventstore.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the end of the history for what other nodes write. PostgreSQL tells it; should that ever fail to arrive, it looks by
 * itself every five seconds.
 */
final class LogTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
    private static final int BACKSTOP_MILLIS = 5_000;

    /** The writer of this node tells the ring itself; if it has not by then, the ring has missed something. */
    private static final int OWN_MILLIS = 5;

    private static final long RECONNECT_NANOS = 200_000_000;
    private static final int PAGE = 500;

    private final DataSource connections;
    private final String node;
    private final EventTable table;
    private final RecentEvents recent;
    private final Consumer<List<StoredEvent>> onFound;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Connection listening;
    private long announced;

    /** @param onFound hears of events that this node may not have written, before anybody else on this node does */
    LogTail(
            DataSource connections,
            String node,
            EventTable table,
            RecentEvents recent,
            Consumer<List<StoredEvent>> onFound) {
        this.connections = connections;
        this.node = node;
        this.table = table;
        this.recent = recent;
        this.onFound = onFound;
        this.thread = Thread.ofPlatform().name("event-tail").daemon().start(this::run);
    }

    private void run() {
        while (!closed) {
            try (Connection connection = connections.getConnection()) {
                listening = connection;
                listen(connection);
            } catch (SQLException | RuntimeException failure) { // whatever it is: without this thread a node is deaf
                if (!closed) {
                    LOG.warn("cannot listen for events of other nodes, will try again", failure);
                    LockSupport.parkNanos(RECONNECT_NANOS);
                }
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + LogWriter.CHANNEL);
        }
        PGConnection notifications = connection.unwrap(PGConnection.class);
        catchUp();
        while (!closed) {
            boolean waitsForOwn = announced > recent.last();
            PGNotification[] told = notifications.getNotifications(waitsForOwn ? OWN_MILLIS : BACKSTOP_MILLIS);
            if (told == null || told.length == 0 || anyForeign(told)) {
                catchUp();
            }
        }
    }

    private boolean anyForeign(PGNotification[] told) {
        boolean foreign = false;
        for (PGNotification each : told) {
            int colon = each.getParameter().lastIndexOf(':');
            if (each.getParameter().substring(0, colon).equals(node)) {
                announced = Long.parseLong(each.getParameter().substring(colon + 1));
            } else {
                foreign = true;
            }
        }
        return foreign;
    }

    private void catchUp() {
        List<StoredEvent> found;
        do {
            found = table.after(recent.last(), PAGE);
            if (!found.isEmpty()) {
                onFound.accept(found);
                recent.offer(found);
            }
        } while (found.size() == PAGE);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try (Connection open = listening) {
            LOG.debug("closing {}", open);
        } catch (SQLException alreadyGone) {
            LOG.debug("the connection of the tail was gone already", alreadyGone);
        }
    }
}
