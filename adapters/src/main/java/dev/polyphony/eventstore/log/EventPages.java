package dev.polyphony.eventstore.log;

import static dev.polyphony.db.eventstore.Tables.EVENT;
import static dev.polyphony.db.eventstore.Tables.HEAD;

import dev.polyphony.db.eventstore.tables.records.EventRecord;
import dev.polyphony.eventstore.chain.StoredEvent;
import dev.polyphony.eventstore.chain.StoredHash;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record3;
import org.jooq.Result;
import org.jooq.impl.DSL;

/**
 * Reads the history for those who look at all of it, a page at a time: nothing stays open, and little in memory, while they
 * work on a page.
 */
public final class EventPages {
    private static final int ROWS = 1_000;
    private static final int ROWS_A_TRIP = 50;

    /** A page with this much payload ends early; one round trip may exceed it. */
    private static final int CHARACTERS = 4_000_000;

    private final DSLContext sql;

    public EventPages(DSLContext sql) {
        this.sql = sql;
    }

    /**
     * The events after a position and up to another, in order; as many as fit on a page, and none only when there is none.
     *
     * @throws UnreadableEvent when there is one, and it is damaged
     */
    public List<StoredEvent> page(long after, long to) {
        List<StoredEvent> page = new ArrayList<>();
        try {
            sql.transaction(transaction -> read(transaction.dsl(), after, to, page));
        } catch (RuntimeException failure) {
            if (!isUnreadable(failure)) {
                throw failure;
            }
            if (page.isEmpty()) {
                throw new UnreadableEvent(firstAfter(after), failure);
            }
        }
        return page;
    }

    /** Over a cursor, for which PostgreSQL wants a transaction: the driver holds no more than one trip at a time. */
    private static void read(DSLContext sql, long after, long to, List<StoredEvent> page) {
        try (Cursor<EventRecord> rows = sql.selectFrom(EVENT)
                .where(EVENT.POSITION.gt(after), EVENT.POSITION.le(to))
                .orderBy(EVENT.POSITION)
                .limit(ROWS)
                .fetchSize(ROWS_A_TRIP)
                .fetchLazy()) {
            long characters = 0;
            while (characters < CHARACTERS && rows.hasNext()) {
                StoredEvent event = EventTable.event(rows.fetchNext());
                characters += event.content().payload().length();
                page.add(event);
            }
        }
    }

    /** The database has answered, and Java has no value for the answer. Spring and jOOQ wrap that differently. */
    private static boolean isUnreadable(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof IllegalArgumentException || cause instanceof DateTimeException);
    }

    /** The position of the first event after a position; 0 when there is none. */
    public long firstAfter(long position) {
        return sql.select(DSL.coalesce(DSL.min(EVENT.POSITION), 0L))
                .from(EVENT)
                .where(EVENT.POSITION.gt(position))
                .fetchSingle()
                .value1();
    }

    /** All in one statement, so that it belongs together while others write. */
    public LogBounds bounds() {
        Field<Long> last =
                DSL.field(DSL.select(DSL.coalesce(DSL.max(EVENT.POSITION), 0L)).from(EVENT));
        Result<Record3<Long, Long, byte[]>> rows = sql.select(last, HEAD.POSITION, HEAD.HASH)
                .from(DSL.selectOne())
                .leftJoin(HEAD)
                .on(DSL.trueCondition())
                .fetch();
        Record3<Long, Long, byte[]> row = rows.getFirst();
        boolean hasOneHead = rows.size() == 1 && row.value2() != null;
        return new LogBounds(hasOneHead ? StoredHash.of(row.value2(), row.value3()) : null, row.value1());
    }

    /** The hashes that are stored at some positions, in order; nothing for a position where no event is. */
    public List<StoredHash> hashesAt(Collection<Long> positions) {
        return sql.select(EVENT.POSITION, EVENT.HASH)
                .from(EVENT)
                .where(EVENT.POSITION.in(positions))
                .orderBy(EVENT.POSITION)
                .fetch(row -> StoredHash.of(row.value1(), row.value2()));
    }
}
