package dev.polyphony.eventstore;

import static dev.polyphony.db.eventstore.Tables.SNAPSHOT;

import dev.polyphony.db.eventstore.tables.records.SnapshotRecord;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jooq.DSLContext;
import org.jooq.JSON;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest snapshot of each aggregate with a long history. One that other code has made is passed over. */
public final class Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    private final DSLContext sql;
    private final Serializer serializer = new SnapshotSerializer();

    public Snapshots(DSLContext sql) {
        this.sql = sql;
    }

    /** An older snapshot never replaces a newer one. */
    void store(DomainEventMessage<?> snapshot) {
        SerializedObject<String> state = snapshot.serializePayload(serializer, String.class);
        SnapshotRecord row = new SnapshotRecord();
        row.setAggregateId(snapshot.getAggregateIdentifier());
        row.setAggregateType(snapshot.getType());
        row.setSequence(snapshot.getSequenceNumber());
        row.setEventId(snapshot.getIdentifier());
        row.setType(state.getType().getName());
        row.setRevision(state.getType().getRevision());
        row.setOccurredAt(snapshot.getTimestamp().truncatedTo(ChronoUnit.MICROS));
        row.setPayload(JSON.json(state.getData()));
        sql.insertInto(SNAPSHOT)
                .set(row)
                .onDuplicateKeyUpdate()
                .setAllToExcluded()
                .where(SNAPSHOT.SEQUENCE.lt(DSL.excluded(SNAPSHOT.SEQUENCE)))
                .execute();
    }

    Optional<DomainEventMessage<?>> read(String aggregateId) {
        return sql.selectFrom(SNAPSHOT)
                .where(SNAPSHOT.AGGREGATE_ID.eq(aggregateId))
                .fetchOptional()
                .flatMap(this::message);
    }

    private Optional<DomainEventMessage<?>> message(SnapshotRecord row) {
        SerializedType stored = new SimpleSerializedType(row.getType(), row.getRevision());
        Class<?> type = serializer.classForType(stored);
        if (!stored.equals(serializer.typeForClass(type))) {
            LOG.debug("the snapshot of {} {} was made by other code", row.getAggregateType(), row.getAggregateId());
            return Optional.empty();
        }
        return Optional.of(new GenericDomainEventMessage<>(
                row.getAggregateType(),
                row.getAggregateId(),
                row.getSequence(),
                serializer.<String, Object>deserialize(
                        new SimpleSerializedObject<>(row.getPayload().data(), String.class, stored)),
                MetaData.emptyInstance(),
                row.getEventId(),
                row.getOccurredAt()));
    }
}
