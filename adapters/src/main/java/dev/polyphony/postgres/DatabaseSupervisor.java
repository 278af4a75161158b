package dev.polyphony.postgres;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the embedded PostgreSQL again when it dies, and says so when it cannot. Close it before the database. */
public final class DatabaseSupervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseSupervisor.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /** Who has run for so long has started well. */
    private static final Duration STABLE = Duration.ofMinutes(1);

    private final EmbeddedDatabase database;
    private final RestartPolicy policy;
    private final Consumer<DatabaseNotStarted> givenUp;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread watcher = Thread.ofVirtual().name("watch-postgres").unstarted(this::watch);

    private DatabaseSupervisor(EmbeddedDatabase database, RestartPolicy policy, Consumer<DatabaseNotStarted> givenUp) {
        this.database = database;
        this.policy = policy;
        this.givenUp = givenUp;
    }

    /** @param givenUp is told when the attempts are used up, with the reason of the last one */
    public static DatabaseSupervisor start(
            EmbeddedDatabase database, RestartPolicy policy, Consumer<DatabaseNotStarted> givenUp) {
        DatabaseSupervisor supervisor = new DatabaseSupervisor(database, policy, givenUp);
        supervisor.watcher.start();
        return supervisor;
    }

    private void watch() {
        int attempts = 0;
        long startedAt = System.nanoTime();
        DatabaseNotStarted reason =
                new DatabaseNotStarted("The embedded PostgreSQL has ended", "its log tells why, and what to do.", null);
        while (!closesWithin(POLL)) {
            if (database.isRunning()) {
                attempts = System.nanoTime() - startedAt > STABLE.toNanos() ? 0 : attempts;
                continue;
            }
            attempts++;
            if (attempts > policy.attempts()) {
                givenUp.accept(reason);
                return;
            }
            LOG.warn(
                    "The embedded PostgreSQL has ended. Attempt {} of {} to start it again.",
                    attempts,
                    policy.attempts());
            if (closesWithin(policy.waitBefore(attempts))) {
                return;
            }
            try {
                database.restart();
                LOG.info("The embedded PostgreSQL runs again.");
            } catch (DatabaseNotStarted failure) {
                reason = failure;
                LOG.warn("{}", failure.getMessage());
            }
            startedAt = System.nanoTime();
        }
    }

    private boolean closesWithin(Duration time) {
        try {
            return closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Returns when no attempt is under way any more. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (!Thread.currentThread().equals(watcher)) {
                watcher.join();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
