package dev.polyphony.eventstore;

import static dev.polyphony.db.eventstore.Tables.EVENT;
import static dev.polyphony.db.eventstore.Tables.HEAD;
import static org.jooq.impl.DSL.max;

import dev.polyphony.db.eventstore.tables.records.EventRecord;
import dev.polyphony.shared.Provenance;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.BatchingEventStorageEngine;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSON;
import org.jooq.SortField;
import org.jspecify.annotations.Nullable;

/**
 * Stores events in one gapless order. Appending locks the head row until its transaction ends, so positions are given out
 * in commit order: a reader that has seen position n has seen everything before it, and no gap is ever waited for.
 */
public final class PostgresEventStorageEngine extends BatchingEventStorageEngine {
    private static final int BATCH = 500;
    private static final String UNIQUE_VIOLATION = "23505";

    private final DSLContext sql;

    public PostgresEventStorageEngine(DSLContext sql, Serializer serializer) {
        super(new EngineBuilder(serializer));
        this.sql = sql;
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (events.isEmpty()) {
            return;
        }
        long head = sql.update(HEAD)
                .set(HEAD.POSITION, HEAD.POSITION.plus(events.size()))
                .returning(HEAD.POSITION)
                .fetchSingle(HEAD.POSITION);
        List<EventRecord> rows = new ArrayList<>(events.size());
        for (EventMessage<?> event : events) {
            rows.add(row(head - events.size() + rows.size() + 1, domainEvent(event), serializer));
        }
        try {
            sql.insertInto(EVENT).set(rows).execute();
        } catch (RuntimeException failure) {
            if (!isDuplicate(failure)) {
                throw failure;
            }
            handlePersistenceException(failure, events.getFirst());
        }
        CurrentUnitOfWork.ifStarted(work -> work.root().afterCommit(_ -> ReadYourWrites.wrote(head)));
    }

    /** Another transaction was first with the same sequence of the same aggregate. */
    private static boolean isDuplicate(@Nullable Throwable failure) {
        return failure != null
                && ((failure instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState()))
                        || isDuplicate(failure.getCause()));
    }

    private static DomainEventMessage<?> domainEvent(EventMessage<?> event) {
        if (event instanceof DomainEventMessage<?> domainEvent) {
            return domainEvent;
        }
        throw new IllegalArgumentException("only events of aggregates are stored, not " + event.getPayloadType());
    }

    private static EventRecord row(long position, DomainEventMessage<?> event, Serializer serializer) {
        SerializedObject<String> payload = event.serializePayload(serializer, String.class);
        SerializedObject<String> metadata = event.serializeMetaData(serializer, String.class);
        EventRecord row = new EventRecord();
        row.setPosition(position);
        row.setEventId(event.getIdentifier());
        row.setAggregateType(event.getType());
        row.setAggregateId(event.getAggregateIdentifier());
        row.setSequence(event.getSequenceNumber());
        row.setType(payload.getType().getName());
        row.setRevision(Integer.valueOf(payload.getType().getRevision()));
        row.setTenant(provenance(event, Provenance.TENANT));
        row.setActor(provenance(event, Provenance.ACTOR));
        row.setCorrelationId(provenance(event, Provenance.CORRELATION_ID));
        row.setCausationId(provenance(event, Provenance.CAUSATION_ID));
        row.setOccurredAt(event.getTimestamp().truncatedTo(ChronoUnit.MICROS));
        row.setPayload(JSON.json(payload.getData()));
        row.setMetadata(JSON.json(metadata.getData()));
        return row;
    }

    private static String provenance(EventMessage<?> event, String key) {
        Object value = event.getMetaData().get(key);
        if (value == null) {
            throw new IllegalStateException(
                    event.getPayloadType() + " has no metadata '" + key + "': every event tells where it comes from");
        }
        return value.toString();
    }

    @Override
    protected List<? extends TrackedEventData<?>> fetchTrackedEvents(@Nullable TrackingToken after, int batchSize) {
        long position = after == null ? 0 : after.position().orElse(0);
        return fetch(EVENT.POSITION.gt(position), EVENT.POSITION.asc(), batchSize);
    }

    @Override
    protected List<? extends DomainEventData<?>> fetchDomainEvents(
            String aggregateId, long firstSequence, int batchSize) {
        return fetch(
                EVENT.AGGREGATE_ID.eq(aggregateId).and(EVENT.SEQUENCE.ge(firstSequence)),
                EVENT.SEQUENCE.asc(),
                batchSize);
    }

    private List<TrackedDomainEventData<String>> fetch(Condition condition, SortField<?> order, int limit) {
        return sql.selectFrom(EVENT)
                .where(condition)
                .orderBy(order)
                .limit(limit)
                .fetch(PostgresEventStorageEngine::event);
    }

    private static TrackedDomainEventData<String> event(EventRecord row) {
        return new TrackedDomainEventData<>(
                new GlobalSequenceTrackingToken(row.getPosition()),
                new GenericDomainEventEntry<>(
                        row.getAggregateType(),
                        row.getAggregateId(),
                        row.getSequence(),
                        row.getEventId(),
                        row.getOccurredAt(),
                        row.getType(),
                        String.valueOf(row.getRevision()),
                        row.getPayload().data(),
                        row.getMetadata().data()));
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateId) {
        return sql.select(max(EVENT.SEQUENCE))
                .from(EVENT)
                .where(EVENT.AGGREGATE_ID.eq(aggregateId))
                .fetchOptional(0, Long.class);
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return null;
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(sql.fetchSingle(HEAD).getPosition());
    }

    @Override
    public TrackingToken createTokenAt(Instant time) {
        return sql.select(EVENT.POSITION)
                .from(EVENT)
                .where(EVENT.OCCURRED_AT.ge(time))
                .orderBy(EVENT.POSITION)
                .limit(1)
                .fetchOptional(EVENT.POSITION)
                .<TrackingToken>map(first -> new GlobalSequenceTrackingToken(first - 1))
                .orElseGet(this::createHeadToken);
    }

    @Override
    protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        throw new UnsupportedOperationException("no aggregate is configured with snapshots");
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String aggregateId) {
        return Stream.empty();
    }

    private static final class EngineBuilder extends BatchingEventStorageEngine.Builder {
        private EngineBuilder(Serializer serializer) {
            eventSerializer(serializer);
            snapshotSerializer(serializer);
            persistenceExceptionResolver(PostgresEventStorageEngine::isDuplicate);
            batchSize(BATCH);
        }
    }
}
