package dev.polyphony.eventstore.log;

import static dev.polyphony.db.eventstore.Tables.EVENT;
import static dev.polyphony.db.eventstore.Tables.HEAD;

import dev.polyphony.db.eventstore.tables.records.EventRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.SortField;
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

    private List<StoredEvent> fetch(Condition condition, SortField<?> order, int limit) {
        return sql.selectFrom(EVENT)
                .where(condition)
                .orderBy(order)
                .limit(limit)
                .fetch(EventTable::event);
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
