package dev.polyphony.eventstore.log;

import dev.polyphony.eventstore.chain.StoredEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the end of the history for what other nodes write. PostgreSQL notifies it; should that ever fail to
 * arrive, it polls every five seconds.
 */
final class NotificationListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationListener.class);
    private static final int POLL_MILLIS = 5_000;

    /** The writer of this node writes to the ring itself; if the ring stands still meanwhile, it has missed something. */
    private static final int OWN_MILLIS = 5;

    private static final long RECONNECT_NANOS = 200_000_000;
    private static final int PAGE = 500;

    private final DataSource connections;
    private final Pattern own;
    private final RecentEvents recent;
    private final Consumer<List<StoredEvent>> onFound;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Connection listening;
    private long announced;
    private boolean interrupted;
    private @Nullable Throwable broken;

    /** @param onFound hears of events that this node may not have written, before anybody else on this node does */
    NotificationListener(
            DataSource connections, String node, RecentEvents recent, Consumer<List<StoredEvent>> onFound) {
        this.connections = connections;
        this.own = Pattern.compile(Pattern.quote(node) + ":(\\d{1,18})");
        this.recent = recent;
        this.onFound = onFound;
        this.thread = Thread.ofPlatform().name("event-tail").daemon().start(this::run);
    }

    private void run() {
        while (!closed) {
            try {
                startAgain();
                listen();
            } catch (Throwable failure) { // an Error too: this node would never again see what others write
                broken = failure;
            }
        }
    }

    private void listen() throws SQLException {
        try (Connection connection = connections.getConnection()) {
            listening = connection;
            listen(connection);
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + LogWriter.CHANNEL);
        }
        PGConnection notifications = connection.unwrap(PGConnection.class);
        EventTable table = new EventTable(DSL.using(connection));
        catchUp(table);
        listensAgain();
        while (!closed) {
            long known = recent.last();
            boolean waitsForOwn = announced > known;
            PGNotification[] notified = notifications.getNotifications(waitsForOwn ? OWN_MILLIS : POLL_MILLIS);
            boolean foreign = notified == null || notified.length == 0 || anyForeign(notified);
            if (foreign || (waitsForOwn && recent.last() == known)) {
                catchUp(table);
            }
        }
    }

    private boolean anyForeign(PGNotification[] notified) {
        boolean foreign = false;
        for (PGNotification each : notified) {
            Matcher own = this.own.matcher(each.getParameter());
            if (own.matches()) {
                announced = Long.parseLong(own.group(1));
            } else {
                foreign = true;
            }
        }
        return foreign;
    }

    /** Reads over the connection that listens, and so finds out as well when that has been cut. */
    private void catchUp(EventTable table) {
        List<StoredEvent> found;
        do {
            found = table.after(recent.last(), PAGE);
            if (!found.isEmpty()) {
                onFound.accept(found);
                recent.offer(found);
            }
        } while (found.size() == PAGE && !closed);
    }

    private void listensAgain() {
        if (interrupted) {
            LOG.info("listening for events of other nodes again");
            interrupted = false;
        }
    }

    private void startAgain() {
        Throwable failure = broken;
        broken = null;
        if (failure == null) {
            return;
        }
        switch (failure) {
            case SQLException lost -> warnOnce(lost);
            case DataAccessException lost -> warnOnce(lost.getCause() == null ? lost : lost.getCause());
            default -> LOG.error("listening for events of other nodes failed and starts again", failure);
        }
        LockSupport.parkNanos(RECONNECT_NANOS);
    }

    private void warnOnce(Throwable failure) {
        if (!interrupted) {
            LOG.warn("cannot listen for events of other nodes, trying again until it can: {}", failure.getMessage());
        }
        interrupted = true;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        abort(listening);
        try {
            thread.join(EventLog.TIMEOUT);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private static void abort(@Nullable Connection open) {
        try {
            if (open != null) {
                open.abort(Runnable::run);
            }
        } catch (SQLException alreadyGone) {
            LOG.debug("the connection of the tail was gone already", alreadyGone);
        }
    }
}
