package dev.polyphony.eventstore.log;

import static dev.polyphony.eventstore.log.EventExamples.events;
import static dev.polyphony.eventstore.log.EventExamples.someAggregate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.eventstore.chain.StoredEvent;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.postgres.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Far behind, where pages are read ahead; {@link EventLogTest} follows close to the end. */
@ExtendWith(PostgresExtension.class)
class EventCursorTest {
    private static final int EVENTS = 5_500;

    private final DSLContext sql;
    private final DSLContext ownerSql;
    private final EventLog log;
    private long before;

    EventCursorTest(TestDatabase database) {
        this.sql = database.sql();
        this.ownerSql = database.ownerSql();
        this.log = new EventLog(sql, database.unpooled());
    }

    @BeforeEach
    void write() {
        before = log.head();
        log.append(events(someAggregate(), EVENTS));
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void showsEveryEventOnceInOrder() {
        assertThat(positions(cursor())).isEqualTo(upTo(EVENTS));
    }

    @Test
    void showsNothingTwiceWhereEventsAreMissing() {
        ownerSql.execute(
                "delete from eventstore.event where position in (?, ?, ?)",
                before + 1_500,
                before + 2_000,
                before + 2_001);
        ownerSql.execute("delete from eventstore.event where position between ? and ?", before + 3_000, before + 4_200);

        assertThat(positions(cursor()))
                .isEqualTo(LongStream.rangeClosed(before + 1, before + EVENTS)
                        .filter(position -> position != before + 1_500
                                && position != before + 2_000
                                && position != before + 2_001
                                && (position < before + 3_000 || position > before + 4_200))
                        .boxed()
                        .toList());
    }

    @Test
    void goesOnWhereItWasWhenAPageCouldNotBeRead() {
        EventCursor cursor = cursor();
        List<Long> seen = new ArrayList<>();
        add(cursor.poll(), seen);
        ownerSql.execute("alter table eventstore.event rename to hidden");
        try {
            assertThatThrownBy(() -> {
                        for (List<StoredEvent> page = cursor.poll(); !page.isEmpty(); page = cursor.poll()) {
                            add(page, seen);
                        }
                    })
                    .isInstanceOf(DataAccessException.class);
        } finally {
            ownerSql.execute("alter table eventstore.hidden rename to event");
        }

        seen.addAll(positions(cursor));

        assertThat(seen).isEqualTo(upTo(EVENTS));
    }

    /** With nothing in memory. */
    private EventCursor cursor() {
        return new EventCursor(new EventTable(sql), new RecentEvents(before + EVENTS), before);
    }

    private List<Long> upTo(int count) {
        return LongStream.rangeClosed(before + 1, before + count).boxed().toList();
    }

    private static List<Long> positions(EventCursor cursor) {
        List<Long> seen = new ArrayList<>();
        for (List<StoredEvent> page = cursor.poll(); !page.isEmpty(); page = cursor.poll()) {
            add(page, seen);
        }
        return seen;
    }

    private static void add(List<StoredEvent> page, List<Long> seen) {
        page.forEach(event -> seen.add(event.position()));
    }
}
