package dev.polyphony.eventstore.log;

import static dev.polyphony.eventstore.log.EventExamples.event;
import static dev.polyphony.eventstore.log.EventExamples.events;
import static dev.polyphony.eventstore.log.EventExamples.someAggregate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.polyphony.eventstore.chain.StoredEvent;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.postgres.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong around the log must neither end it nor make it tell a lie. */
@ExtendWith(PostgresExtension.class)
class EventLogFailuresTest {
    private static final String LINK_LOST = "08006";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Longer than the patience of an append. */
    private static final Duration SHORT_SILENCE = Duration.ofSeconds(3);

    private static final Duration LONG_SILENCE = Duration.ofMinutes(1);

    private final TestDatabase database;
    private final DSLContext sql;
    private final FaultyConnections connections;
    private final EventLog otherNode;

    EventLogFailuresTest(TestDatabase database) {
        this.database = database;
        this.sql = database.sql();
        this.connections = new FaultyConnections(database.unpooled());
        this.otherNode = new EventLog(sql, database.unpooled());
    }

    @AfterEach
    void close() {
        otherNode.close();
    }

    @Test
    void tellsThatNothingWasWrittenWhenItCannotConnect() {
        connections.refuse(true);
        try (EventLog log = new EventLog(sql, connections)) {
            assertThatThrownBy(() -> log.append(events(someAggregate(), 1)))
                    .asInstanceOf(type(LogUnavailable.class))
                    .returns(true, LogUnavailable::isNothingWritten);
        }
    }

    @Test
    void writesForOneWhoComesAloneAfterAllOthersHaveGone() {
        try (EventLog log = new EventLog(sql, connections)) {
            log.append(events(someAggregate(), 1));
            connections.refuse(true);
            cutConnections();
            assertThatThrownBy(() -> log.append(events(someAggregate(), 1))).isInstanceOf(LogUnavailable.class);
            connections.refuse(false);

            String thing = someAggregate();
            log.append(events(thing, 1));

            assertThat(log.lastSequence(thing)).contains(0L);
        }
    }

    @Test
    void writesOnAfterAnErrorInItsWriter() {
        try (EventLog log = new EventLog(sql, connections)) {
            await().until(() -> connections.made() == 1);
            connections.meetOnce(new StackOverflowError("in a test"));

            assertThatThrownBy(() -> log.append(events(someAggregate(), 1))).isInstanceOf(LogUnavailable.class);

            log.append(events(someAggregate(), 1));
        }
    }

    @Test
    void listensOnAfterAnErrorInItsTail() {
        connections.meetOnce(new StackOverflowError("in a test"));
        try (EventLog log = new EventLog(sql, connections)) {
            seesWhatTheOtherWrites(log);
        }
    }

    @Test
    void listensOnAfterWordsThatAreNotItsOwn() {
        try (EventLog log = new EventLog(sql, connections)) {
            await().until(() -> connections.made() == 1);
            for (String word : List.of("hello", "", ":", "x:y", "a:99999999999999999999")) {
                sql.execute("select pg_notify('polyphony_events', ?)", word);
            }
            seesWhatTheOtherWrites(log);
        }
    }

    @Test
    void answersAsIfNothingWereWhenItsListenersFail() {
        try (EventLog log = new EventLog(sql, connections)) {
            log.onWritten(_ -> {
                throw new IllegalStateException("in a test");
            });
            log.onFound(_ -> {
                throw new AssertionError("in a test");
            });
            log.onNewEvents(() -> {
                throw new IllegalStateException("in a test");
            });
            AtomicBoolean told = new AtomicBoolean();
            log.onNewEvents(() -> told.set(true));

            long position = log.append(events(someAggregate(), 1));

            assertThat(position).isEqualTo(log.head());
            await().untilTrue(told);
            seesWhatTheOtherWrites(log);
        }
    }

    /** Its own words never let the tail pause, and the ring waits for an event that it was never given. */
    @Test
    void showsWhatWasStoredWithoutAnAnswerWhileItGoesOnWriting() {
        try (EventLog log = new EventLog(sql, connections);
                ExecutorService writers = Executors.newFixedThreadPool(4)) {
            EventCursor cursor = log.follow(log.head());
            AtomicBoolean done = new AtomicBoolean();
            for (int i = 0; i < 4; i++) {
                writers.execute(() -> appendUntil(done, log));
            }
            try {
                await().until(() -> log.head() > 100);
                connections.loseTheNextAnswer();
                await().until(connections::hasLost);
                long lost = log.head();
                await().until(() -> hasPassed(cursor, lost + 100));
            } finally {
                done.set(true);
            }
        }
    }

    private static void appendUntil(AtomicBoolean done, EventLog log) {
        while (!done.get()) {
            log.append(events(someAggregate(), 1));
        }
    }

    private static boolean hasPassed(EventCursor cursor, long position) {
        List<StoredEvent> page = cursor.poll();
        while (!page.isEmpty() && page.getLast().position() < position) {
            page = cursor.poll();
        }
        return !page.isEmpty();
    }

    @Test
    void tellsNobodyThatTheyLostAgainstOneWhoWasNotCommitted() throws Exception {
        String thing = someAggregate();
        PendingAppend first = new PendingAppend(events(thing, 1));
        PendingAppend second = new PendingAppend(events(thing, 1));
        connections.loseTheNextCommit();
        try (LogWriter writer = LogWriter.on(connections.getConnection(), "here")) {
            assertThatThrownBy(() -> writer.resolveAndAppend(List.of(first, second)))
                    .hasFieldOrPropertyWithValue("SQLState", LINK_LOST);
        }
        assertThat(first.isWanted()).isTrue();
        assertThat(second.isWanted()).isTrue();
        assertThat(otherNode.lastSequence(thing)).isEmpty();
    }

    @Test
    void showsFollowersNothingThatThisNodeHasNotBeenToldOf() {
        long before = otherNode.head();
        otherNode.append(events(someAggregate(), 5));
        EventCursor cursor = new EventCursor(new EventTable(sql), new RecentEvents(before + 2), before);

        assertThat(cursor.poll()).extracting(StoredEvent::position).containsExactly(before + 1, before + 2);
        assertThat(cursor.poll()).isEmpty();
    }

    @Test
    void refusesAUnitWithoutEvents() {
        assertThatThrownBy(() -> otherNode.append(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one");
        otherNode.append(List.of(event(someAggregate(), 0)));
    }

    /** With one before, the writer meets the silence; with five, a caller who is alone. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void goesOnAfterTheNetworkFellSilent(int before) throws Exception {
        try (SilentProxy network = new SilentProxy(database.jdbcUrl());
                EventLog log = through(network, SHORT_SILENCE)) {
            EventCursor cursor = log.follow(log.head());
            appendOneByOne(log, before);
            network.fallSilent();

            assertThatThrownBy(() -> log.append(events(someAggregate(), 1)))
                    .asInstanceOf(type(LogUnavailable.class))
                    .returns(false, LogUnavailable::isNothingWritten);

            long theirs = otherNode.append(events(someAggregate(), 1));
            await().atMost(TIMEOUT).ignoreExceptions().until(() -> log.append(events(someAggregate(), 1)) > 0);
            await().atMost(TIMEOUT).until(() -> hasPassed(cursor, theirs));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void endsThoughTheNetworkIsSilent(int before) throws Exception {
        try (SilentProxy network = new SilentProxy(database.jdbcUrl())) {
            EventLog log = through(network, LONG_SILENCE);
            appendOneByOne(log, before);
            network.fallSilent();
            CompletableFuture<Void> unanswered =
                    CompletableFuture.runAsync(() -> log.append(events(someAggregate(), 1)), Thread.ofVirtual()::start);
            await().until(network::hasSwallowed);

            log.close();

            assertThatThrownBy(unanswered::join)
                    .cause()
                    .asInstanceOf(type(LogUnavailable.class))
                    .returns(false, LogUnavailable::isNothingWritten);
            assertThatThrownBy(() -> log.append(events(someAggregate(), 1)))
                    .asInstanceOf(type(LogUnavailable.class))
                    .returns(true, LogUnavailable::isNothingWritten);
        }
    }

    private static void appendOneByOne(EventLog log, int count) {
        for (int i = 0; i < count; i++) {
            log.append(events(someAggregate(), 1));
        }
    }

    private EventLog through(SilentProxy network, Duration silence) {
        return new EventLog(
                sql,
                LogConnections.to(
                        network.jdbcUrl(),
                        database.dataSource().getUsername(),
                        database.dataSource().getPassword(),
                        silence));
    }

    private void seesWhatTheOtherWrites(EventLog log) {
        EventCursor cursor = log.follow(log.head());
        long position = otherNode.append(events(someAggregate(), 1));
        await().until(() -> hasPassed(cursor, position));
    }

    private void cutConnections() {
        sql.execute("""
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()
            """);
    }
}
