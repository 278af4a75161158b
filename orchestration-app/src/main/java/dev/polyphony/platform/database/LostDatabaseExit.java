package dev.polyphony.platform.database;

import dev.polyphony.postgres.DatabaseNotStarted;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the process when its database is lost for good, so that whoever supervises it hears of it. */
final class LostDatabaseExit {
    private static final Logger LOG = LoggerFactory.getLogger(LostDatabaseExit.class);
    private static final int EXIT_CODE = 1;

    /** What would still like to write cannot. */
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(60);

    private LostDatabaseExit() {}

    static void exit(DatabaseNotStarted reason) {
        LOG.error(
                "This server exits, because its database is lost and does not come back. {} Nothing that was"
                        + " acknowledged is lost: mend the cause, such as a full disk, and start the server again.",
                reason.getMessage());
        CompletableFuture.delayedExecutor(SHUTDOWN_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .execute(() -> Runtime.getRuntime().halt(EXIT_CODE));
        Thread.ofPlatform().name("exit").start(() -> System.exit(EXIT_CODE));
    }
}
