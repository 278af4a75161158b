package dev.polyphony.eventstore.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.eventstore.chain.HashChain;
import dev.polyphony.eventstore.chain.StoredEvent;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.postgres.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two processes write and follow one history, while their connections are cut at random and one of them is killed. */
@ExtendWith(PostgresExtension.class)
@Isolated("its two processes want all the cores")
class TwoNodesUnderFireTest {
    private static final Logger LOG = LoggerFactory.getLogger(TwoNodesUnderFireTest.class);
    private static final Duration HALF = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int LONGEST_PAUSE_MILLIS = 200;
    private static final int PAGE = 5_000;

    private final TestDatabase database;
    private final DSLContext sql;
    private final long seed = Long.getLong("polyphony.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<Process> processes = new ArrayList<>();

    @TempDir
    private Path notes;

    TwoNodesUnderFireTest(TestDatabase database) {
        this.database = database;
        this.sql = database.sql();
    }

    @AfterEach
    void endsWhatIsLeft() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void loseAndRepeatNothingAndTellTheTruth() throws Exception {
        Process killed = start("killed");
        Process steady = start("steady");
        cutConnections();
        killed.destroyForcibly().waitFor();
        Process replacement = start("replacement");
        holdTheHead();
        cutConnections();
        stopsWriting(steady, "steady");
        stopsWriting(replacement, "replacement");
        endsWhenItHasSeenAll(steady, "steady");
        endsWhenItHasSeenAll(replacement, "replacement");

        List<StoredEvent> stored = everything();
        isChained(stored);
        List<String> order = stored.stream()
                .map(event -> event.position() + " " + event.content().eventId())
                .toList();
        assertThat(lines(LogNode.seen(notes, "steady"))).as(seed()).isEqualTo(order);
        assertThat(lines(LogNode.seen(notes, "replacement"))).as(seed()).isEqualTo(order);
        List<String> untilItsDeath = lines(LogNode.seen(notes, "killed"));
        assertThat(untilItsDeath).as(seed()).isNotEmpty().isEqualTo(order.subList(0, untilItsDeath.size()));
        haveOneWinnerPerRace(stored);
        wereToldTheTruth(stored);
    }

    private Process start(String name) throws IOException {
        Process process = LogNode.start(database, notes, name, random.nextLong());
        processes.add(process);
        await().atMost(TIMEOUT).until(() -> !lines(LogNode.record(notes, name)).isEmpty() || !process.isAlive());
        assertThat(process.isAlive()).as(() -> log(name)).isTrue();
        return process;
    }

    private void cutConnections() {
        Instant end = Instant.now().plus(HALF);
        while (Instant.now().isBefore(end)) {
            pause(Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS)));
            List<Integer> others =
                    sql.fetchValues("""
                        select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
                        """).stream().map(Integer.class::cast).toList();
            if (!others.isEmpty()) {
                sql.execute("select pg_terminate_backend(?)", others.get(random.nextInt(others.size())));
            }
        }
    }

    /** Longer than anybody waits. */
    private void holdTheHead() {
        sql.transaction(transaction -> {
            transaction.dsl().fetch("select * from eventstore.head for update");
            pause(EventLog.TIMEOUT.plusSeconds(1));
        });
    }

    private static void pause(Duration length) {
        await().pollDelay(length).timeout(TIMEOUT).until(() -> true);
    }

    private void stopsWriting(Process process, String name) throws IOException {
        process.outputWriter().append("stop writing\n").flush();
        await().atMost(TIMEOUT).until(() -> lines(LogNode.record(notes, name)).contains(LogNode.ENDED));
    }

    /** Nobody wakes its follower but the log. */
    private void endsWhenItHasSeenAll(Process process, String name) throws IOException {
        long head = new EventTable(sql).head();
        process.outputWriter().append(head + "\n").flush();
        await().alias(name + " does not see all events, " + seed())
                .atMost(TIMEOUT)
                .until(() -> !process.isAlive());
        assertThat(process.exitValue()).as(() -> log(name)).isZero();
    }

    private List<StoredEvent> everything() {
        EventTable table = new EventTable(sql);
        List<StoredEvent> all = new ArrayList<>();
        for (List<StoredEvent> page = table.after(0, PAGE);
                !page.isEmpty();
                page = table.after(all.getLast().position(), PAGE)) {
            all.addAll(page);
        }
        return all;
    }

    private void isChained(List<StoredEvent> stored) {
        byte[] previous = HashChain.genesis();
        long position = 0;
        for (StoredEvent event : stored) {
            position++;
            assertThat(event.position()).as(seed()).isEqualTo(position);
            byte[] hash = HashChain.link(previous, position, HashChain.digest(event.content()));
            assertThat(Arrays.equals(event.hash(), hash))
                    .as("hash of %d, %s", position, seed())
                    .isTrue();
            previous = hash;
        }
        assertThat(sql.fetchSingle("select hash from eventstore.head").get(0, byte[].class))
                .as(seed())
                .isEqualTo(previous);
    }

    /** Nobody wrote a sequence twice or left one out, however many wanted it. */
    private void haveOneWinnerPerRace(List<StoredEvent> stored) {
        Map<String, Long> next = new HashMap<>();
        for (StoredEvent event : stored) {
            long sequence = next.merge(event.content().aggregateId(), 1L, Long::sum) - 1;
            assertThat(event.content().sequence())
                    .as(() -> event + ", " + seed())
                    .isEqualTo(sequence);
        }
        long raced = next.keySet().stream().filter(LogNode::isRaced).count();
        assertThat(raced).as(seed()).isEqualTo(LogNode.RACES);
    }

    private void wereToldTheTruth(List<StoredEvent> stored) throws IOException {
        Map<String, Long> positions = new HashMap<>();
        Set<String> places = new HashSet<>();
        for (StoredEvent event : stored) {
            positions.put(event.content().eventId(), event.position());
            places.add(event.content().aggregateId() + "/" + event.content().sequence());
        }
        List<RecordedAppend> recorded = recorded();
        LOG.info(
                "{}: {} events, recorded {}",
                seed(),
                stored.size(),
                recorded.stream().collect(Collectors.groupingBy(RecordedAppend::outcome, Collectors.counting())));
        assertThat(recorded)
                .as(seed())
                .filteredOn(each -> !each.agreesWith(positions, places::contains))
                .isEmpty();
        assertThat(recorded)
                .as(seed())
                .filteredOn(RecordedAppend::isStored)
                .extracting(RecordedAppend::number)
                .doesNotHaveDuplicates();
        assertThat(recorded).as(seed()).extracting(RecordedAppend::outcome).contains("stored", "taken", "nothing");
    }

    private List<RecordedAppend> recorded() throws IOException {
        List<RecordedAppend> recorded = new ArrayList<>();
        for (String name : List.of("killed", "steady", "replacement")) {
            lines(LogNode.record(notes, name)).stream()
                    .filter(line -> !line.equals(LogNode.ENDED))
                    .map(RecordedAppend::parse)
                    .forEach(recorded::add);
        }
        return recorded;
    }

    /** The last line of a killed process may be cut short. */
    private static List<String> lines(Path file) throws IOException {
        String text = Files.exists(file) ? Files.readString(file) : "";
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private String log(String name) {
        try {
            return seed() + "\n" + Files.readString(notes.resolve(name + ".log"));
        } catch (IOException missing) {
            return seed() + ", and no log: " + missing;
        }
    }

    private String seed() {
        return "seed " + seed;
    }
}
