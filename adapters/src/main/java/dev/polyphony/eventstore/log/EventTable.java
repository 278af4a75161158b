package dev.polyphony.eventstore.log;

import static dev.polyphony.db.eventstore.Tables.EVENT;
import static dev.polyphony.db.eventstore.Tables.HEAD;

import dev.polyphony.db.eventstore.tables.records.EventRecord;
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

/** Reads the history from its table. Nothing here writes. */
final class EventTable {
    private final DSLContext sql;

    EventTable(DSLContext sql) {
        this.sql = sql;
    }

    /** In the order of positions. */
    List<StoredEvent> after(long position, int limit) {
        return fetch(EVENT.POSITION.gt(position), EVENT.POSITION.asc(), limit);
    }

    /** In the order of sequences. */
    List<StoredEvent> ofAggregate(String aggregateId, long firstSequence, int limit) {
        return fetch(
                EVENT.AGGREGATE_ID.eq(aggregateId).and(EVENT.SEQUENCE.ge(firstSequence)), EVENT.SEQUENCE.asc(), limit);
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

    /** Row by row, for followers read everything: a record for each row would cost as much again as the driver does. */
    private List<StoredEvent> fetch(Condition condition, SortField<?> order, int limit) {
        List<StoredEvent> events = new ArrayList<>();
        try (ResultSet rows = sql.selectFrom(EVENT)
                .where(condition)
                .orderBy(order)
                .limit(limit)
                .fetchResultSet()) {
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
