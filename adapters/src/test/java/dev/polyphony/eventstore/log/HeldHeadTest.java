package dev.polyphony.eventstore.log;

import static dev.polyphony.eventstore.log.EventExamples.events;
import static dev.polyphony.eventstore.log.EventExamples.someAggregate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.polyphony.eventstore.chain.EventContent;
import dev.polyphony.eventstore.chain.StoredEvent;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;

/** Somebody takes the lock of the head, writes the next event, and takes a long time to commit. */
@ExtendWith(PostgresExtension.class)
class HeldHeadTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final DSLContext sql;
    private final TestDatabase database;
    private final EventLog log;
    private final EventLog otherNode;

    HeldHeadTest(TestDatabase database) {
        this.database = database;
        this.sql = database.sql();
        this.log = new EventLog(sql, database.unpooled());
        this.otherNode = new EventLog(sql, database.unpooled());
    }

    @AfterEach
    void close() {
        log.close();
        otherNode.close();
    }

    @Test
    void isWaitedForThoughItTakesFiveSeconds() throws Exception {
        isWaitedForAndNeverSkipped(Duration.ofSeconds(5));
    }

    /** Longer than PostgreSQL, the driver or the pool wait for anything by default. */
    @Test
    @Tag("soak")
    void isWaitedForThoughItTakesMoreThanAMinute() throws Exception {
        isWaitedForAndNeverSkipped(Duration.ofSeconds(65));
    }

    private void isWaitedForAndNeverSkipped(Duration held) throws Exception {
        long before = log.head();
        EventCursor here = log.follow(before);
        EventCursor there = otherNode.follow(before);
        log.append(events(someAggregate(), 1));
        otherNode.append(events(someAggregate(), 1));
        String slow = someAggregate();

        List<String> refused = appendsWhile(held, slow);
        log.append(events(someAggregate(), 1));
        otherNode.append(events(someAggregate(), 1));

        List<StoredEvent> stored = new EventTable(sql).after(before, 1_000);
        assertThat(refused).isNotEmpty();
        assertThat(stored).hasSize(5);
        assertThat(stored.get(2).content().aggregateId()).isEqualTo(slow);
        assertThat(stored).extracting(event -> event.content().aggregateId()).doesNotContainAnyElementsOf(refused);
        assertThat(collect(here)).isEqualTo(contents(stored));
        assertThat(collect(there)).isEqualTo(contents(stored));
    }

    /** The first is under way to the head, the second waits, and there is no room for a third. */
    @Test
    void fillsTheQueueOfThoseWhoWait() throws Exception {
        String third = someAggregate();
        try (EventLog narrow = new EventLog(sql, database.unpooled(), 1);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
                Connection connection = database.unpooled().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select 1 from eventstore.head for update");
            Future<Long> first = callers.submit(() -> narrow.append(events(someAggregate(), 1)));
            await().until(() -> isWaitedFor(connection));
            assertThat(narrow.waiting()).isZero();
            Future<Long> second = callers.submit(() -> narrow.append(events(someAggregate(), 1)));
            await().until(() -> narrow.waiting() == 1);

            assertThatThrownBy(() -> narrow.append(events(third, 1)))
                    .asInstanceOf(type(LogUnavailable.class))
                    .returns(true, LogUnavailable::isNothingWritten);
            connection.commit();

            assertThat(second.get()).isGreaterThan(first.get());
            assertThat(narrow.append(events(third, 1))).isGreaterThan(second.get());
            assertThat(narrow.waiting()).isZero();
        }
    }

    private boolean isWaitedFor(Connection holder) throws SQLException {
        int pid = holder.unwrap(PGConnection.class).getBackendPID();
        return database.ownerSql()
                .fetchSingle(
                        "select exists (select 1 from pg_stat_activity where ? = any (pg_blocking_pids(pid)))", pid)
                .get(0, Boolean.class);
    }

    /** Only who gives up before the patience of its callers ends can tell them that nothing was written. */
    @Test
    void isNotWaitedForLongerThanCallersWait() throws Exception {
        PendingAppend append = new PendingAppend(events(someAggregate(), 1));
        try (Connection connection = database.unpooled().getConnection();
                LogWriter other = LogWriter.on(database.unpooled().getConnection(), "other")) {
            takeHead(connection, someAggregate());
            mayHoldItForEver(connection);

            assertThatThrownBy(() -> other.appendAt(head(), List.of(append)))
                    .hasFieldOrPropertyWithValue("SQLState", LOCK_NOT_AVAILABLE);
            assertThatThrownBy(() -> other.appendLocked(List.of(append)))
                    .hasFieldOrPropertyWithValue("SQLState", LOCK_NOT_AVAILABLE);
            assertThat(append.isWanted()).isTrue();
        }
    }

    @Test
    void isTakenFromOneWhoSitsInTheirTransaction() throws Exception {
        try (Connection connection = database.unpooled().getConnection()) {
            takeHead(connection, someAggregate());

            await().atMost(TIMEOUT).ignoreExceptions().until(() -> log.append(events(someAggregate(), 1)) > 0);

            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        }
    }

    /** Gives back the aggregates that were told meanwhile that nothing was written. */
    private List<String> appendsWhile(Duration held, String slow) throws SQLException {
        List<String> refused = new ArrayList<>();
        try (Connection connection = database.unpooled().getConnection()) {
            takeHead(connection, slow);
            mayHoldItForEver(connection);
            for (Instant end = Instant.now().plus(held); Instant.now().isBefore(end); ) {
                isRefused(log).ifPresent(refused::add);
                isRefused(otherNode).ifPresent(refused::add);
            }
            connection.commit();
        }
        return refused;
    }

    private void takeHead(Connection connection, String aggregate) throws SQLException {
        LogWriter holder = LogWriter.on(connection, "slow");
        connection.setAutoCommit(false);
        assertThat(holder.appendAt(head(), List.of(new PendingAppend(events(aggregate, 1)))))
                .hasSize(1);
    }

    private static void mayHoldItForEver(Connection connection) throws SQLException {
        try (Statement settings = connection.createStatement()) {
            settings.execute("set idle_in_transaction_session_timeout = 0");
        }
    }

    private Head head() {
        Record row = sql.fetchSingle("select position, hash from eventstore.head");
        return new Head(row.get(0, Long.class), row.get(1, byte[].class));
    }

    /** Gives back the aggregate of which nothing was written, if that is known. */
    private static Optional<String> isRefused(EventLog node) {
        String thing = someAggregate();
        LogUnavailable refusal = catchThrowableOfType(LogUnavailable.class, () -> node.append(events(thing, 1)));
        assertThat(refusal).isNotNull();
        return refusal.isNothingWritten() ? Optional.of(thing) : Optional.empty();
    }

    private static List<EventContent> collect(EventCursor cursor) {
        List<EventContent> seen = new ArrayList<>();
        await().atMost(TIMEOUT).untilAsserted(() -> {
            for (List<StoredEvent> page = cursor.poll(); !page.isEmpty(); page = cursor.poll()) {
                seen.addAll(contents(page));
            }
            assertThat(seen).hasSizeGreaterThanOrEqualTo(5);
        });
        return seen;
    }

    private static List<EventContent> contents(List<StoredEvent> events) {
        return events.stream().map(StoredEvent::content).toList();
    }
}
