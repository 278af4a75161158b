package dev.polyphony.eventstore.log;

import dev.polyphony.eventstore.chain.EventContent;
import dev.polyphony.eventstore.chain.StoredEvent;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes groups of appends over one connection. The head row decides who writes: whoever moves it holds its lock until the
 * commit, so positions are given out in the order of commits.
 */
final class LogWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

    static final String CHANNEL = "polyphony_events";

    private static final String LOCK_HEAD = "select position, hash from eventstore.head for update";

    /**
     * A node that was stopped in the middle may not hold the head for long. Who waits for it waits in a queue and then for the
     * lock, each as long as that timeout: together less than an append's timeout. Generic plans save PostgreSQL from
     * planning every append.
     */
    private static final String SETTINGS = """
        set idle_in_transaction_session_timeout = '5s';
        set lock_timeout = '1s';
        set plan_cache_mode = force_generic_plan
        """;

    private static final String RESOLVE = """
        select event_id, aggregate_id, sequence, position from eventstore.event where event_id = any (?)
        union
        select e.event_id, e.aggregate_id, e.sequence, e.position
        from unnest(?::text[], ?::bigint[]) as wanted (aggregate_id, sequence)
        join eventstore.event e on e.aggregate_id = wanted.aggregate_id and e.sequence = wanted.sequence
        """;

    private final Connection connection;
    private final String node;
    private final AppendStatement statement;

    private LogWriter(Connection connection, String node) throws SQLException {
        this.connection = connection;
        this.node = node;
        try (Statement settings = connection.createStatement()) {
            settings.execute(SETTINGS);
        }
        this.statement = new AppendStatement(connection);
    }

    /** Takes over the connection, and closes it when it is of no use. */
    static LogWriter on(Connection connection, String node) throws SQLException {
        try {
            return new LogWriter(connection, node);
        } catch (Throwable useless) {
            connection.close();
            throw useless;
        }
    }

    /**
     * Appends if the head is where it is expected, and answers the appends that it has stored.
     *
     * @return what was stored; empty when somebody else has moved the head, or nobody waits any more
     */
    List<StoredEvent> appendAt(Head expected, List<PendingAppend> appends) throws SQLException {
        List<PendingAppend> begun = begun(appends);
        List<StoredEvent> events = expected.chain(begun);
        if (events.isEmpty() || !append(expected, events)) {
            return List.of();
        }
        answer(begun, events);
        return events;
    }

    /**
     * The same for one append, whose caller waits here.
     *
     * @param timeout how long the database may be silent; then the connection is of no use any more
     */
    List<StoredEvent> appendAt(Head expected, PendingAppend append, Duration timeout) throws SQLException {
        int before = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(timeout.toMillis()));
        try {
            return appendAt(expected, List.of(append));
        } finally {
            if (!connection.isClosed()) {
                connection.setNetworkTimeout(Runnable::run, before);
            }
        }
    }

    /** Takes the lock first, and so learns where the head is. */
    List<StoredEvent> appendLocked(List<PendingAppend> appends) throws SQLException {
        return inTransaction(wanted -> wanted, appends);
    }

    /**
     * For appends that may be stored already, or may have lost a race: resolves those under the lock, which waits for every other
     * writer's end, and appends of the rest what does not race among itself. Call it again for those left over.
     */
    List<StoredEvent> resolveAndAppend(List<PendingAppend> appends) throws SQLException {
        return inTransaction(this::unresolved, appends);
    }

    /** The lock may have taken long: whoever has gone by then gets nothing written. */
    private List<StoredEvent> inTransaction(Choice choice, List<PendingAppend> appends) throws SQLException {
        connection.setAutoCommit(false);
        boolean committed = false;
        try {
            Head head = lockHead();
            List<PendingAppend> chosen = choice.of(begun(appends));
            List<StoredEvent> events = head.chain(chosen);
            if (!events.isEmpty() && !append(head, events)) {
                throw new IllegalStateException("the head of the history moved while it was locked");
            }
            connection.commit();
            committed = true;
            answer(chosen, events);
            return events;
        } finally {
            end(committed);
        }
    }

    private static List<PendingAppend> begun(List<PendingAppend> appends) {
        return appends.stream().filter(PendingAppend::beginWriting).toList();
    }

    /** The events lie in the order of their appends. */
    private static void answer(List<PendingAppend> appends, List<StoredEvent> events) {
        int end = 0;
        for (PendingAppend append : appends) {
            end += append.events().size();
            append.stored(events.get(end - 1).position());
        }
    }

    /** Leaving a transaction through auto-commit would commit it: what cannot be undone goes with its connection. */
    private void end(boolean committed) throws SQLException {
        try {
            if (!committed) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException lost) {
            LOG.debug("the connection of the event writer is of no use any more", lost);
            connection.close();
        }
    }

    private Head lockHead() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LOCK_HEAD)) {
            row.next();
            return new Head(row.getLong(1), row.getBytes(2));
        }
    }

    private boolean append(Head head, List<StoredEvent> events) throws SQLException {
        return statement.execute(
                head, events, CHANNEL, node + ":" + events.getLast().position());
    }

    /**
     * Answers the appends whose outcome the table shows. Of the others it gives back those that want different places: which
     * of two has won is known only after the commit.
     */
    private List<PendingAppend> unresolved(List<PendingAppend> appends) throws SQLException {
        Known known = known(appends);
        Set<Place> wanted = new HashSet<>();
        List<PendingAppend> open = new ArrayList<>();
        for (PendingAppend append : appends) {
            Set<Place> places = Place.of(append);
            if (!known.resolves(append) && Collections.disjoint(wanted, places)) {
                wanted.addAll(places);
                open.add(append);
            }
        }
        return open;
    }

    private Known known(List<PendingAppend> appends) throws SQLException {
        List<EventContent> events =
                appends.stream().flatMap(append -> append.events().stream()).toList();
        try (PreparedStatement select = connection.prepareStatement(RESOLVE)) {
            select.setArray(1, array("text", events.stream().map(EventContent::eventId)));
            select.setArray(2, array("text", events.stream().map(EventContent::aggregateId)));
            select.setArray(3, array("bigint", events.stream().map(EventContent::sequence)));
            try (ResultSet rows = select.executeQuery()) {
                return Known.from(rows);
            }
        }
    }

    private Array array(String type, Stream<?> values) throws SQLException {
        return connection.createArrayOf(type, values.toArray());
    }

    /** Ends it from another thread, whatever it waits for. */
    void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException alreadyGone) {
            LOG.debug("the connection of the event writer was gone already", alreadyGone);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    @FunctionalInterface
    private interface Choice {
        List<PendingAppend> of(List<PendingAppend> appends) throws SQLException;
    }

    private record Place(String aggregateId, long sequence) {
        static Set<Place> of(PendingAppend append) {
            return append.events().stream()
                    .map(event -> new Place(event.aggregateId(), event.sequence()))
                    .collect(Collectors.toSet());
        }
    }

    /** What the table holds of a group already. */
    private record Known(Map<String, Long> positions, Set<Place> places) {
        static Known from(ResultSet rows) throws SQLException {
            Known known = new Known(new HashMap<>(), new HashSet<>());
            while (rows.next()) {
                known.positions.put(rows.getString(1), rows.getLong(4));
                known.places.add(new Place(rows.getString(2), rows.getLong(3)));
            }
            return known;
        }

        boolean resolves(PendingAppend append) {
            Long stored = positions.get(append.events().getLast().eventId());
            if (stored != null) {
                append.stored(stored);
                return true;
            }
            Optional<EventContent> lost = append.events().stream()
                    .filter(event -> places.contains(new Place(event.aggregateId(), event.sequence())))
                    .findFirst();
            lost.ifPresent(event -> append.failed(new SequenceConflict(event)));
            return lost.isPresent();
        }
    }
}
