package dev.polyphony.audit.projections.store;

import static dev.polyphony.db.eventstore.Tables.DEAD_LETTER;
import static dev.polyphony.db.eventstore.Tables.EVENT;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.currentOffsetDateTime;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.min;

import dev.polyphony.audit.projections.DeadLetter;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectOnConditionStep;
import org.springframework.stereotype.Component;

/**
 * The rows of dead letters. A sequence is guarded by the row of its first dead letter: a processor that is about to put an event
 * behind it shares that row, a retry holds it alone, so that neither misses what the other does.
 */
@Component
class DeadLetterTable {
    private static final Field<Instant> NOW = currentOffsetDateTime().cast(DEAD_LETTER.TRIED_AT.getDataType());

    private final DSLContext sql;

    DeadLetterTable(DSLContext sql) {
        this.sql = sql;
    }

    /** Which of the sequences have dead letters. */
    Set<String> blocked(String processor, Collection<String> sequences) {
        return sql.selectDistinct(DEAD_LETTER.SEQUENCE)
                .from(DEAD_LETTER)
                .where(DEAD_LETTER.PROCESSOR.eq(processor))
                .and(DEAD_LETTER.SEQUENCE.eq(any(sequences.toArray(String[]::new))))
                .fetchSet(DEAD_LETTER.SEQUENCE);
    }

    boolean isEmpty(String processor) {
        return !sql.fetchExists(DEAD_LETTER, DEAD_LETTER.PROCESSOR.eq(processor));
    }

    /** Whether the sequence has dead letters. If it does, it keeps its first one until the transaction ends. */
    boolean staysBlocked(String processor, String sequence) {
        return sql.select(inline(1))
                .from(DEAD_LETTER)
                .where(DEAD_LETTER.PROCESSOR.eq(processor))
                .and(DEAD_LETTER.SEQUENCE.eq(sequence))
                .orderBy(DEAD_LETTER.POSITION)
                .limit(1)
                .forShare()
                .fetchOptional()
                .isPresent();
    }

    /** Parks an event for which every try has failed. */
    void park(String processor, long position, String sequence, int tries, String cause) {
        sql.insertInto(DEAD_LETTER)
                .set(DEAD_LETTER.PROCESSOR, processor)
                .set(DEAD_LETTER.POSITION, position)
                .set(DEAD_LETTER.SEQUENCE, sequence)
                .set(DEAD_LETTER.TRIES, tries)
                .set(DEAD_LETTER.CAUSE, cause)
                .set(DEAD_LETTER.TRIED_AT, NOW)
                .onConflictDoNothing()
                .execute();
    }

    /** Parks an event that was not tried, because its sequence is blocked. */
    void park(String processor, long position, String sequence) {
        sql.insertInto(DEAD_LETTER)
                .set(DEAD_LETTER.PROCESSOR, processor)
                .set(DEAD_LETTER.POSITION, position)
                .set(DEAD_LETTER.SEQUENCE, sequence)
                .set(DEAD_LETTER.TRIES, 0)
                .onConflictDoNothing()
                .execute();
    }

    /** False when there is no such dead letter; otherwise it is nobody else's until the transaction ends. */
    boolean lock(String processor, long position) {
        return sql.select(inline(1))
                .from(DEAD_LETTER)
                .where(DEAD_LETTER.PROCESSOR.eq(processor))
                .and(DEAD_LETTER.POSITION.eq(position))
                .forUpdate()
                .fetchOptional()
                .isPresent();
    }

    void failedAgain(String processor, long position, String cause) {
        sql.update(DEAD_LETTER)
                .set(DEAD_LETTER.TRIES, DEAD_LETTER.TRIES.plus(1))
                .set(DEAD_LETTER.CAUSE, cause)
                .set(DEAD_LETTER.TRIED_AT, NOW)
                .where(DEAD_LETTER.PROCESSOR.eq(processor))
                .and(DEAD_LETTER.POSITION.eq(position))
                .execute();
    }

    boolean delete(String processor, long position) {
        return sql.deleteFrom(DEAD_LETTER)
                        .where(DEAD_LETTER.PROCESSOR.eq(processor))
                        .and(DEAD_LETTER.POSITION.eq(position))
                        .execute()
                > 0;
    }

    void deleteAll(String processor) {
        sql.deleteFrom(DEAD_LETTER).where(DEAD_LETTER.PROCESSOR.eq(processor)).execute();
    }

    /** The position of the first dead letter of a sequence. */
    Optional<Long> first(String processor, String sequence) {
        return sql.select(min(DEAD_LETTER.POSITION))
                .from(DEAD_LETTER)
                .where(DEAD_LETTER.PROCESSOR.eq(processor))
                .and(DEAD_LETTER.SEQUENCE.eq(sequence))
                .fetchOptional(0, Long.class);
    }

    long count(String processor) {
        return sql.fetchCount(DEAD_LETTER, DEAD_LETTER.PROCESSOR.eq(processor));
    }

    long count(String processor, String sequence) {
        return sql.fetchCount(DEAD_LETTER, DEAD_LETTER.PROCESSOR.eq(processor).and(DEAD_LETTER.SEQUENCE.eq(sequence)));
    }

    Optional<DeadLetter> find(String processor, long position) {
        return rows().where(DEAD_LETTER.PROCESSOR.eq(processor))
                .and(DEAD_LETTER.POSITION.eq(position))
                .fetchOptionalInto(DeadLetter.class);
    }

    List<DeadLetter> list(String processor, long after, int limit) {
        return rows().where(DEAD_LETTER.PROCESSOR.eq(processor))
                .and(DEAD_LETTER.POSITION.gt(after))
                .orderBy(DEAD_LETTER.POSITION)
                .limit(limit)
                .fetchInto(DeadLetter.class);
    }

    private SelectOnConditionStep<? extends Record> rows() {
        return sql.select(
                        DEAD_LETTER.POSITION,
                        EVENT.EVENT_ID,
                        EVENT.TYPE,
                        DEAD_LETTER.SEQUENCE,
                        DEAD_LETTER.TRIES,
                        DEAD_LETTER.CAUSE,
                        DEAD_LETTER.PARKED_AT,
                        DEAD_LETTER.TRIED_AT)
                .from(DEAD_LETTER)
                .join(EVENT)
                .on(EVENT.POSITION.eq(DEAD_LETTER.POSITION));
    }
}
