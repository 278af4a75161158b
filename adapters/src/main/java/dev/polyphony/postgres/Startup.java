package dev.polyphony.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Starts PostgreSQL, and sees when it has given up: the bundled code would go on asking a dead server until its timeout is over. */
final class Startup {
    private static final int POLL_MILLIS = 50;

    private final CompletableFuture<EmbeddedPostgres> started = new CompletableFuture<>();

    private Startup() {}

    static EmbeddedPostgres of(EmbeddedPostgres.Builder builder, StartLog log) throws IOException {
        Startup startup = new Startup();
        Thread.ofVirtual().name("start-postgres").start(() -> startup.run(builder));
        boolean decided;
        do {
            decided = startup.endsWithinPoll() || log.reportsFailure();
        } while (!decided);
        return startup.result();
    }

    private void run(EmbeddedPostgres.Builder builder) {
        try {
            started.complete(builder.start());
        } catch (Throwable failure) { // whatever it is, the thread that waits has to hear of it
            started.completeExceptionally(failure);
        }
    }

    private boolean endsWithinPoll() {
        return started.handle((_, _) -> true)
                .completeOnTimeout(false, POLL_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private EmbeddedPostgres result() throws IOException {
        return switch (started.state()) {
            case SUCCESS -> started.resultNow();
            case FAILED -> throw new IOException(started.exceptionNow().getMessage(), started.exceptionNow());
            case RUNNING, CANCELLED -> throw new IOException("it gave up");
        };
    }
}
