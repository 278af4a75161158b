package dev.polyphony.postgres;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A durable server that a test stops in the middle of its work and starts again at the same address, with what it had stored. */
public final class StoppableDatabase implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    private final EmbeddedDatabase database;
    private final Path cluster;
    private final Path log;
    private final List<String> command;

    private StoppableDatabase(Path directory) throws IOException {
        ClusterTemplate.copyTo(directory);
        this.database = EmbeddedDatabase.start(directory, ThrowAwayDatabase.PROGRAMS, EmbeddedDatabase.DURABLE);
        this.cluster = directory.resolve("postgres");
        this.log = directory.resolve("restart.log");
        this.command = command(Files.readString(cluster.resolve("postmaster.opts")));
    }

    /** @param directory to be made, named without symbolic links; whoever names it deletes it */
    public static StoppableDatabase start(Path directory) throws IOException {
        return new StoppableDatabase(directory);
    }

    /** The program and its arguments, which PostgreSQL has written down in quotes. PostgreSQL does not run as root. */
    private static List<String> command(String options) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name")) && LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(options.substring(0, options.indexOf(' ')));
        QUOTED.matcher(options).results().map(found -> found.group(1)).forEach(command::add);
        return command;
    }

    public String jdbcUrl() {
        return database.jdbcUrl();
    }

    /** Keeps its password over a restart. */
    public Login application() {
        return database.application();
    }

    public Login owner() {
        return database.owner();
    }

    /** As {@code pg_ctl stop -m immediate} does: every connection is cut, and nothing more is written. */
    public void stopImmediately() throws IOException {
        String pid = Files.readAllLines(cluster.resolve("postmaster.pid")).getFirst();
        new ProcessBuilder("kill", "-QUIT", pid).start();
        await().atMost(TIMEOUT).until(() -> Postmaster.of(cluster).isEmpty());
    }

    /** Returns when it answers. It does not start while a process of its last run still lives. */
    public void startAgain() {
        await().atMost(TIMEOUT).until(() -> {
            if (Postmaster.of(cluster).isEmpty()) {
                Files.deleteIfExists(cluster.resolve("postmaster.pid"));
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
            }
            return answers();
        });
    }

    private boolean answers() {
        Login login = application();
        try (Connection connection = DriverManager.getConnection(jdbcUrl(), login.role(), login.password())) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
