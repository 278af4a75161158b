package dev.polyphony.eventstore.log;

import dev.polyphony.eventstore.chain.EventContent;
import dev.polyphony.eventstore.chain.StoredEvent;
import dev.polyphony.postgres.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * A process that writes and follows a history until it is told to end or killed. It records the outcome of its own
 * appends, and what it saw as a follower, each in a file of its own; a line is there once its write has returned.
 */
public final class LogNode {
    static final int THREADS = 16;
    static final int RACES = 60;

    /** Leaves the machine some time for whoever cuts connections. */
    private static final int LONGEST_PAUSE_NANOS = 5_000_000;

    static final String ENDED = "ended";
    private static final String RACED = "raced-";

    private final EventLog log;
    private final OutputStream record;
    private final OutputStream seen;
    private volatile boolean ending;

    private LogNode(EventLog log, Path directory, String name) throws IOException {
        this.log = log;
        this.record = Files.newOutputStream(record(directory, name));
        this.seen = Files.newOutputStream(seen(directory, name));
    }

    static Path record(Path directory, String name) {
        return directory.resolve(name + ".recorded");
    }

    static Path seen(Path directory, String name) {
        return directory.resolve(name + ".seen");
    }

    static boolean isRaced(String aggregateId) {
        return aggregateId.startsWith(RACED);
    }

    static Process start(TestDatabase database, Path directory, String name, long seed) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        LogNode.class.getName(),
                        database.jdbcUrl(),
                        database.dataSource().getUsername(),
                        database.dataSource().getPassword(),
                        directory.toString(),
                        name,
                        Long.toString(seed))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
    }

    /** Writes until the first line comes in, which says nothing; follows until the position that the second line names. */
    public static void main(String[] arguments) throws Exception {
        DataSource connections = LogConnections.to(arguments[0], arguments[1], arguments[2]);
        try (EventLog log = new EventLog(DSL.using(connections, SQLDialect.POSTGRES), connections);
                BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                ExecutorService writers = Executors.newFixedThreadPool(THREADS)) {
            LogNode node = new LogNode(log, Path.of(arguments[3]), arguments[4]);
            Follower follower = new Follower(node);
            Thread following = Thread.ofPlatform().start(follower::run);
            Random seeds = new Random(Long.parseLong(arguments[5]));
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(seeds.nextLong());
                writers.execute(() -> node.write(random));
            }
            orders.readLine();
            node.ending = true;
            writers.shutdown();
            if (!writers.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("an append has not come back");
            }
            note(node.record, ENDED + "\n");
            follower.goOnTo(Long.parseLong(orders.readLine()));
            following.join();
        }
    }

    private void write(Random random) {
        long[] next = new long[RACES];
        while (!ending) {
            LockSupport.parkNanos(random.nextInt(LONGEST_PAUSE_NANOS));
            int race = random.nextInt(2 * RACES);
            if (race < RACES) {
                next[race] += race(race, next[race]);
            } else {
                append(EventExamples.events(EventExamples.someAggregate(), 1 + random.nextInt(3)));
            }
        }
    }

    /** Everybody wants the same places of the same aggregates; whoever has lost goes on to the next. */
    private int race(int race, long sequence) {
        return append(List.of(EventExamples.event(RACED + race, sequence))) ? 1 : 0;
    }

    /** False when it has to be tried again. */
    private boolean append(List<EventContent> events) {
        String outcome;
        try {
            outcome = "stored " + log.append(events);
        } catch (SequenceConflict taken) {
            outcome = "taken " + taken.sequence();
        } catch (LogUnavailable unavailable) {
            outcome = unavailable.isNothingWritten() ? "nothing 0" : "unknown 0";
        } catch (RuntimeException lie) {
            outcome = "failed " + lie;
        }
        String ids = events.stream().map(EventContent::eventId).collect(Collectors.joining(","));
        note(record, outcome + " " + ids + " " + events.getFirst().aggregateId() + "\n");
        return outcome.startsWith("stored") || outcome.startsWith("taken");
    }

    private static void note(OutputStream file, String line) {
        try {
            synchronized (file) {
                file.write(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Looks only when it is woken. */
    private static final class Follower {
        private final LogNode node;
        private final EventCursor cursor;
        private final Semaphore news = new Semaphore(1);
        private volatile long last = Long.MAX_VALUE;

        private Follower(LogNode node) {
            this.node = node;
            this.cursor = node.log.follow(0);
            node.log.onNewEvents(news::release);
        }

        private void goOnTo(long position) {
            last = position;
            news.release();
        }

        private void run() {
            long position = 0;
            while (position < last) {
                news.acquireUninterruptibly();
                position = Math.max(position, follow());
            }
        }

        private long follow() {
            long position = 0;
            StringBuilder lines = new StringBuilder();
            try {
                for (List<StoredEvent> page = cursor.poll(); !page.isEmpty(); page = cursor.poll()) {
                    position = page.getLast().position();
                    page.forEach(event -> lines.append(event.position())
                            .append(' ')
                            .append(event.content().eventId())
                            .append('\n'));
                }
            } catch (RuntimeException cut) {
                news.release();
            }
            note(node.seen, lines.toString());
            return position;
        }
    }
}
