package dev.polyphony.platform.database;

import dev.polyphony.platform.DataDirectory;
import dev.polyphony.postgres.DatabaseNotStarted;
import dev.polyphony.postgres.EmbeddedDatabase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The embedded PostgreSQL while it starts on a thread of its own. */
final class StartingDatabase implements AutoCloseable {
    private final CompletableFuture<EmbeddedDatabase> started;

    private StartingDatabase(CompletableFuture<EmbeddedDatabase> started) {
        this.started = started;
    }

    static StartingDatabase in(DataDirectory directory) {
        return new StartingDatabase(CompletableFuture.supplyAsync(
                () -> EmbeddedDatabase.start(directory.path()),
                Thread.ofVirtual().name("start-database")::start));
    }

    /** @throws DatabaseNotStarted as {@link EmbeddedDatabase#start} does */
    EmbeddedDatabase join() {
        try {
            return started.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof DatabaseNotStarted notStarted) {
                throw notStarted;
            }
            throw failure;
        }
    }

    @Override
    public void close() {
        started.thenAccept(EmbeddedDatabase::close).exceptionally(_ -> null).join();
    }
}
