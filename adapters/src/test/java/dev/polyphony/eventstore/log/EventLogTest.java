package dev.polyphony.eventstore.log;

import static dev.polyphony.eventstore.log.EventExamples.event;
import static dev.polyphony.eventstore.log.EventExamples.events;
import static dev.polyphony.eventstore.log.EventExamples.someAggregate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import dev.polyphony.eventstore.chain.EventContent;
import dev.polyphony.eventstore.chain.HashChain;
import dev.polyphony.eventstore.chain.StoredEvent;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.postgres.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class EventLogTest {
    private final DSLContext sql;
    private final EventLog log;
    private final EventLog otherNode;

    EventLogTest(TestDatabase database) {
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
    void givesBackWhatItWasGiven() {
        String thing = someAggregate();
        List<EventContent> events = events(thing, 3);

        long position = log.append(events);

        assertThat(log.head()).isEqualTo(position);
        assertThat(log.ofAggregate(thing, 0, 10))
                .extracting(StoredEvent::content)
                .isEqualTo(events);
        assertThat(log.ofAggregate(thing, 2, 10))
                .extracting(StoredEvent::position)
                .containsExactly(position);
        assertThat(log.lastSequence(thing)).contains(2L);
        assertThat(log.lastSequence(someAggregate())).isEmpty();
    }

    @Test
    void capsPositionsAtTheNewestEventOfAnyNode() {
        long written = log.append(events(someAggregate(), 2));

        for (EventLog node : List.of(log, otherNode)) {
            assertThat(node.capAtHead(0)).isZero();
            assertThat(node.capAtHead(written - 1)).isEqualTo(written - 1);
            assertThat(node.capAtHead(written)).isEqualTo(written);
            assertThat(node.capAtHead(Long.MAX_VALUE)).isEqualTo(written);
        }
    }

    @Test
    void keepsThePayloadByteForByte() {
        String thing = someAggregate();
        String payload = "{ \"b\" : 1.0,\"a\":\"\\u00e4 ä 🎼\", \"a\":2 }";

        log.append(List.of(event(thing, 0, payload)));

        assertThat(log.ofAggregate(thing, 0, 1).getFirst().content().payload()).isEqualTo(payload);
    }

    @Test
    void chainsEveryEventToTheOneBefore() {
        long before = log.head();
        log.append(events(someAggregate(), 2));
        otherNode.append(events(someAggregate(), 2));
        log.append(events(someAggregate(), 2));

        List<StoredEvent> all = allAfter(0);
        byte[] previous = HashChain.genesis();
        for (StoredEvent event : all) {
            assertThat(event.hash())
                    .isEqualTo(HashChain.link(previous, event.position(), HashChain.digest(event.content())));
            previous = event.hash();
        }
        assertThat(all.getLast().position()).isEqualTo(before + 6);
        assertThat(sql.fetchSingle("select hash from eventstore.head").get(0, byte[].class))
                .isEqualTo(previous);
    }

    @Test
    void letsACallerWriteWhoIsAlone() {
        AtomicReference<Thread> writing = new AtomicReference<>();
        log.onWritten(_ -> writing.set(Thread.currentThread()));

        await().pollInSameThread().untilAsserted(() -> {
            log.append(events(someAggregate(), 1));
            assertThat(writing).hasValue(Thread.currentThread());
        });
        String thing = someAggregate();
        log.append(events(thing, 1));
        assertThatThrownBy(() -> log.append(List.of(event(thing, 0)))).isInstanceOf(SequenceConflict.class);
        otherNode.append(List.of(event(thing, 1)));
        log.append(List.of(event(thing, 2)));
        assertThat(contents(log.ofAggregate(thing, 0, 10)))
                .extracting(EventContent::sequence)
                .containsExactly(0L, 1L, 2L);
    }

    @Test
    void letsOneOfTwoWritersOfTheSameSequenceWin() {
        String thing = someAggregate();
        log.append(events(thing, 2));

        assertThatThrownBy(() -> log.append(List.of(event(someAggregate(), 0), event(thing, 1))))
                .isInstanceOf(SequenceConflict.class)
                .hasMessageContaining(thing);
        assertThatThrownBy(() -> otherNode.append(List.of(event(thing, 0)))).isInstanceOf(SequenceConflict.class);
        assertThat(log.lastSequence(thing)).contains(1L);
    }

    @Test
    void takesTheSameEventsOnce() {
        List<EventContent> events = events(someAggregate(), 2);

        long position = log.append(events);

        assertThat(otherNode.append(events)).isEqualTo(position);
        assertThat(log.head()).isEqualTo(position);
    }

    @Test
    void hurtsNobodyElseWithAUnitThatPostgresRefuses() throws Exception {
        List<Callable<Long>> units = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String thing = someAggregate();
            units.add(() -> log.append(events(thing, 2)));
            units.add(() -> log.append(List.of(event(thing + "-bad", 0, "no JSON"))));
        }

        int stored = 0;
        for (Future<Long> result : inParallel(units)) {
            stored += result.state() == Future.State.SUCCESS ? 1 : 0;
        }
        assertThat(stored).isEqualTo(20);
    }

    @Test
    void givesEveryRaceOneWinnerAndLeavesNoGap() throws Exception {
        long before = log.head();
        int races = 30;
        List<Callable<Long>> writers = new ArrayList<>();
        for (int race = 0; race < races; race++) {
            String thing = someAggregate();
            for (int writer = 0; writer < 4; writer++) {
                EventLog node = writer % 2 == 0 ? log : otherNode;
                writers.add(() -> node.append(events(thing, 2)));
            }
        }

        List<Long> won = new ArrayList<>();
        for (Future<Long> result : inParallel(writers)) {
            if (result.state() == Future.State.SUCCESS) {
                won.add(result.resultNow());
            } else {
                assertThat(result.exceptionNow()).isInstanceOf(SequenceConflict.class);
            }
        }

        assertThat(won).hasSize(races).doesNotHaveDuplicates();
        assertThat(allAfter(before))
                .extracting(StoredEvent::position)
                .isEqualTo(LongStream.rangeClosed(before + 1, before + 2L * races)
                        .boxed()
                        .toList());
    }

    @Test
    void showsFollowersOnBothNodesTheSameOrder() throws Exception {
        long before = log.head();
        EventCursor here = log.follow(before);
        EventCursor there = otherNode.follow(before);
        List<Callable<Long>> writers = IntStream.range(0, 200)
                .<Callable<Long>>mapToObj(
                        writer -> () -> (writer % 2 == 0 ? log : otherNode).append(events(someAggregate(), 3)))
                .toList();

        inParallel(writers);

        List<StoredEvent> seenHere = collect(here, 600);
        List<StoredEvent> seenThere = collect(there, 600);
        assertThat(seenHere).extracting(StoredEvent::content).isEqualTo(contents(seenThere));
        assertThat(seenHere).extracting(StoredEvent::content).isEqualTo(contents(allAfter(before)));
    }

    @Test
    void showsFollowersWhatIsTooLargeForMemory() {
        EventCursor cursor = otherNode.follow(log.head());
        String large = "\"" + "x".repeat(1_000_000) + "\"";

        log.append(List.of(event(someAggregate(), 0), event(someAggregate(), 0, large), event(someAggregate(), 0)));

        assertThat(collect(cursor, 3).get(1).content().payload()).isEqualTo(large);
    }

    @Test
    void writesOnWhenItsConnectionsWereCut() {
        log.append(events(someAggregate(), 1));
        cutConnections();

        String thing = someAggregate();
        EventCursor cursor = otherNode.follow(log.head());
        log.append(events(thing, 1));

        assertThat(log.lastSequence(thing)).contains(0L);
        assertThat(collect(cursor, 1)).hasSize(1);
    }

    @Test
    void losesAndRepeatsNothingWhileItsConnectionsAreCutAgainAndAgain() throws Exception {
        long before = log.head();
        List<Future<Long>> results = new ArrayList<>();
        AtomicInteger done = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < 600; i++) {
                EventLog node = i % 2 == 0 ? log : otherNode;
                results.add(threads.submit(() -> appendOne(node, done)));
            }
            for (int share = 100; share < 600; share += 100) {
                await().untilAtomic(done, greaterThanOrEqualTo(share));
                cutConnections();
            }
        }

        List<Long> stored = allAfter(before).stream().map(StoredEvent::position).toList();
        assertThat(stored)
                .isEqualTo(LongStream.rangeClosed(before + 1, before + stored.size())
                        .boxed()
                        .toList());
        assertThat(acknowledged(results)).isNotEmpty().doesNotHaveDuplicates().isSubsetOf(stored);
    }

    private static long appendOne(EventLog node, AtomicInteger done) {
        try {
            return node.append(events(someAggregate(), 1));
        } finally {
            done.incrementAndGet();
        }
    }

    private static List<Long> acknowledged(List<Future<Long>> results) {
        return results.stream()
                .filter(result -> result.state() == Future.State.SUCCESS)
                .map(Future::resultNow)
                .toList();
    }

    private void cutConnections() {
        sql.execute("""
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()
              and (query like '%eventstore.head%' or query like 'listen%')
            """);
    }

    private static <T> List<Future<T>> inParallel(List<Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            return threads.invokeAll(tasks);
        }
    }

    private List<StoredEvent> allAfter(long position) {
        return new EventTable(sql).after(position, Integer.MAX_VALUE);
    }

    private static List<EventContent> contents(List<StoredEvent> events) {
        return events.stream().map(StoredEvent::content).toList();
    }

    private static List<StoredEvent> collect(EventCursor cursor, int count) {
        List<StoredEvent> seen = new ArrayList<>();
        await().untilAsserted(() -> {
            for (List<StoredEvent> page = cursor.poll(); !page.isEmpty(); page = cursor.poll()) {
                seen.addAll(page);
            }
            assertThat(seen).hasSizeGreaterThanOrEqualTo(count);
        });
        assertThat(seen).hasSize(count);
        return seen;
    }
}
