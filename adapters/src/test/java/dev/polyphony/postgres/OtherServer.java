package dev.polyphony.postgres;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jooq.impl.DSL;

/** A process of its own that starts the embedded database, stores one note in it and goes on until somebody kills it. */
final class OtherServer implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 120;

    private final Process process;

    private OtherServer(Process process) {
        this.process = process;
    }

    static OtherServer on(Path dataDirectory, Path ready) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        OtherServer.class.getName(),
                        dataDirectory.toString(),
                        ready.toString())
                .redirectErrorStream(true)
                .redirectOutput(ready.resolveSibling("other-server.log").toFile())
                .start();
        await().atMost(PATIENCE_SECONDS, SECONDS).until(() -> Files.exists(ready) || !process.isAlive());
        if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(ready.resolveSibling("other-server.log")));
        }
        return new OtherServer(process);
    }

    public static void main(String[] arguments) throws Exception {
        EmbeddedDatabase database =
                EmbeddedDatabase.start(Path.of(arguments[0]), ThrowAwayDatabase.PROGRAMS, EmbeddedDatabase.DURABLE);
        try (var sql = DSL.using(
                database.jdbcUrl(), database.owner().role(), database.owner().password())) {
            sql.execute("create table note (text text)");
            sql.execute("insert into note values ('kept')");
        }
        Files.createFile(Path.of(arguments[1]));
        new CountDownLatch(1).await();
    }

    /** As {@code kill -9} does: no shutdown hook runs. */
    void kill() {
        process.destroyForcibly();
        if (!Programs.endsWithin(process, Duration.ofSeconds(PATIENCE_SECONDS))) {
            throw new IllegalStateException("process %d does not end".formatted(process.pid()));
        }
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        kill();
    }
}
