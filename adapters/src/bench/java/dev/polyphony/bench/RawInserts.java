package dev.polyphony.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** One INSERT in a transaction of its own for each event, into a table like the history's, and nothing else. */
final class RawInserts implements Contender {
    private static final String INSERT = """
        insert into bench.event (event_id, aggregate_type, aggregate_id, sequence, type, revision, tenant, actor,
                correlation_id, causation_id, occurred_at, payload, hash)
        values (?, 'counter', ?, ?, 'bench.counted', 1, 'bench', 'bench', 'bench', 'bench', now(), ?::json, ?)
        """;
    private static final String PAYLOAD = "{\"id\":\"%s\",\"total\":1,\"note\":\"" + "x".repeat(200) + "\"}";

    private final HikariDataSource connections;
    private final AtomicLong sequence = new AtomicLong();

    RawInserts(Database database, int pool) throws SQLException {
        connections = database.pool(pool);
        try (Connection connection = connections.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                drop schema if exists bench cascade;
                create schema bench;
                create table bench.event (like eventstore.event including all);
                create sequence bench.position cache 1;
                alter table bench.event alter column position set default nextval('bench.position')
                """);
        }
    }

    @Override
    public void create(String aggregateId) {
        insert(aggregateId, 0);
    }

    @Override
    public void change(String aggregateId) {
        insert(aggregateId, sequence.incrementAndGet());
    }

    private void insert(String aggregateId, long number) {
        try (Connection connection = connections.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, UUID.randomUUID().toString());
            insert.setString(2, aggregateId);
            insert.setLong(3, number);
            insert.setString(4, PAYLOAD.formatted(aggregateId));
            insert.setBytes(5, new byte[32]);
            insert.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
