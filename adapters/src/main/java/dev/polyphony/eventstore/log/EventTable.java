package dev.polyphony.eventstore.log;

import static dev.polyphony.db.eventstore.Tables.EVENT;
import static dev.polyphony.db.eventstore.Tables.HEAD;

import dev.polyphony.db.eventstore.tables.records.EventRecord;
import dev.polyphony.eventstore.chain.EventContent;
import dev.polyphony.eventstore.chain.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.SortField;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * Reads the history from its table. Nothing here writes. The statements for commands and followers are rendered
 * once: rendering costs nearly as much as executing.
 */
final class EventTable {
    private final DSLContext sql;
    private final String after;
    private final String ofAggregate;

    EventTable(DSLContext sql) {
        this.sql = sql;
        this.after = statement(EVENT.POSITION.gt(0L), EVENT.POSITION.asc());
        this.ofAggregate = statement(EVENT.AGGREGATE_ID.eq("").and(EVENT.SEQUENCE.ge(0L)), EVENT.SEQUENCE.asc());
    }

    private String statement(Condition condition, SortField<?> order) {
        return sql.selectFrom(EVENT).where(condition).orderBy(order).limit(1).getSQL();
    }

    /** In the order of positions. */
    List<StoredEvent> after(long position, int limit) {
        return fetch(after, position, limit);
    }

    /** In the order of sequences. */
    List<StoredEvent> ofAggregate(String aggregateId, long firstSequence, int limit) {
        return fetch(ofAggregate, aggregateId, firstSequence, limit);
    }

    long head() {
        return sql.fetchSingle(HEAD).getPosition();
    }

    Optional<Long> lastSequence(String aggregateId) {
        return sql.select(DSL.max(EVENT.SEQUENCE))
                .from(EVENT)
                .where(EVENT.AGGREGATE_ID.eq(aggregateId))
                .fetchOptional(0, Long.class);
    }

    Optional<Long> firstSince(Instant time) {
        return sql.select(DSL.min(EVENT.POSITION))
                .from(EVENT)
                .where(EVENT.OCCURRED_AT.ge(time))
                .fetchOptional(0, Long.class);
    }

    /** Row by row, for followers read everything, and a record for each row would double the cost. */
    private List<StoredEvent> fetch(String statement, Object... values) {
        List<StoredEvent> events = new ArrayList<>();
        try (ResultSet rows = sql.resultQuery(statement, values).fetchResultSet()) {
            while (rows.next()) {
                events.add(event(rows));
            }
        } catch (SQLException failure) {
            throw new DataAccessException("the history cannot be read", failure);
        }
        return events;
    }

    private static StoredEvent event(ResultSet row) throws SQLException {
        EventContent content = new EventContent(
                row.getString(EVENT.EVENT_ID.getName()),
                row.getString(EVENT.TYPE.getName()),
                row.getInt(EVENT.REVISION.getName()),
                row.getString(EVENT.AGGREGATE_TYPE.getName()),
                row.getString(EVENT.AGGREGATE_ID.getName()),
                row.getLong(EVENT.SEQUENCE.getName()),
                row.getString(EVENT.TENANT.getName()),
                row.getString(EVENT.ACTOR.getName()),
                row.getString(EVENT.CORRELATION_ID.getName()),
                row.getString(EVENT.CAUSATION_ID.getName()),
                row.getObject(EVENT.OCCURRED_AT.getName(), OffsetDateTime.class).toInstant(),
                row.getString(EVENT.PAYLOAD.getName()));
        return new StoredEvent(row.getLong(EVENT.POSITION.getName()), content, row.getBytes(EVENT.HASH.getName()));
    }

    static StoredEvent event(EventRecord row) {
        EventContent content = new EventContent(
                row.getEventId(),
                row.getType(),
                row.getRevision(),
                row.getAggregateType(),
                row.getAggregateId(),
                row.getSequence(),
                row.getTenant(),
                row.getActor(),
                row.getCorrelationId(),
                row.getCausationId(),
                row.getOccurredAt(),
                row.getPayload().data());
        return new StoredEvent(row.getPosition(), content, row.getHash());
    }
}
