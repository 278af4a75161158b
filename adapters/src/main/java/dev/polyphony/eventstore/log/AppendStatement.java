package dev.polyphony.eventstore.log;

import static java.util.stream.Collectors.joining;

import dev.polyphony.eventstore.chain.EventContent;
import dev.polyphony.eventstore.chain.StoredEvent;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Moves the head if it is where it is expected, appends after it, and notifies the other nodes: all in one round trip. A single event
 * goes as plain parameters, which are cheaper than arrays of one.
 */
final class AppendStatement {
    private record Column(String name, Type type, Function<StoredEvent, Object> value) {
        private static Column text(String name, Function<EventContent, String> value) {
            return new Column(name, Type.TEXT, event -> value.apply(event.content()));
        }
    }

    /** PostgreSQL's name, under what name an array of it is sent, and that array. */
    private record Type(String name, String sentAs, IntFunction<Object[]> array) {
        private static final Type BIGINT = new Type("bigint", "bigint", Long[]::new);
        private static final Type INTEGER = new Type("integer", "integer", Integer[]::new);
        private static final Type TEXT = new Type("text", "text", String[]::new);
        private static final Type TIMESTAMPTZ = new Type("timestamptz", "text", String[]::new);
        private static final Type JSON = new Type("json", "text", String[]::new);
        private static final Type BYTEA = new Type("bytea", "bytea", byte[][]::new);
    }

    private static final List<Column> COLUMNS = List.of(
            new Column("position", Type.BIGINT, StoredEvent::position),
            Column.text("event_id", EventContent::eventId),
            Column.text("type", EventContent::type),
            new Column("revision", Type.INTEGER, event -> event.content().revision()),
            Column.text("aggregate_type", EventContent::aggregateType),
            Column.text("aggregate_id", EventContent::aggregateId),
            new Column("sequence", Type.BIGINT, event -> event.content().sequence()),
            Column.text("tenant", EventContent::tenant),
            Column.text("actor", EventContent::actor),
            Column.text("correlation_id", EventContent::correlationId),
            Column.text("causation_id", EventContent::causationId),
            new Column(
                    "occurred_at",
                    Type.TIMESTAMPTZ,
                    event -> event.content().occurredAt().toString()),
            new Column("payload", Type.JSON, event -> event.content().payload()),
            new Column("hash", Type.BYTEA, StoredEvent::hash));

    private static final String ONE = statement("(values (%s))", "");
    private static final String MANY = statement("unnest(%s)", "[]");

    private final Connection connection;
    private final PreparedStatement one;
    private final PreparedStatement many;

    AppendStatement(Connection connection) throws SQLException {
        this.connection = connection;
        this.one = connection.prepareStatement(ONE);
        this.many = connection.prepareStatement(MANY);
    }

    private static String statement(String source, String dimension) {
        String names = COLUMNS.stream().map(Column::name).collect(joining(", "));
        String parameters = COLUMNS.stream()
                .map(column -> "?::" + column.type().name + dimension)
                .collect(joining(", "));
        return """
            with moved as (
                update eventstore.head set position = ?, hash = ? where position = ? returning position
            ), appended as (
                insert into eventstore.event (%s)
                select e.* from moved, %s as e
            )
            select pg_notify(?, ?) from moved
            """.formatted(names, source.formatted(parameters));
    }

    /**
     * @param events in the order of their positions, which follow the head's
     * @param message what the other nodes are notified with
     * @return whether the head was where it is expected
     */
    boolean execute(Head expected, List<StoredEvent> events, String channel, String message) throws SQLException {
        StoredEvent last = events.getLast();
        List<Object> parameters = new ArrayList<>();
        parameters.add(last.position());
        parameters.add(last.hash());
        parameters.add(expected.position());
        for (Column column : COLUMNS) {
            parameters.add(events.size() == 1 ? column.value().apply(last) : array(column, events));
        }
        parameters.add(channel);
        parameters.add(message);
        PreparedStatement statement = events.size() == 1 ? one : many;
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
        try (ResultSet moved = statement.executeQuery()) {
            return moved.next();
        }
    }

    private Array array(Column column, List<StoredEvent> events) throws SQLException {
        Type type = column.type();
        return connection.createArrayOf(
                type.sentAs, events.stream().map(column.value()).toArray(type.array));
    }
}
