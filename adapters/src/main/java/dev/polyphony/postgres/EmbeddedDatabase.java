package dev.polyphony.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A PostgreSQL server that lives and dies with this process and keeps its data. It answers on the loopback address only, on a free port, to
 * two roles: the owner, whose password is stored beside the data, and the restricted one that the server works as. Whoever starts it closes it: no shutdown hook races with the last users.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    /** Replaying the log after a crash takes a while. */
    private static final Duration STARTUP_TIMEOUT = Duration.ofSeconds(60);

    /** The bundled server is meant for tests and gives durability away; these take it back. */
    static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on", "max_connections", "100");

    private static final Map<String, String> ALWAYS = Map.of(
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "logging_collector", "on",
            "log_filename", "postgresql-%a.log",
            "log_truncate_on_rotation", "on");

    private final DirectoryLock lock;
    private final Cluster cluster;
    private final EmbeddedPostgres postgres;
    private final Login owner;
    private final Login application;
    private final boolean isNew;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedDatabase(DirectoryLock lock, Cluster cluster, EmbeddedPostgres postgres, boolean isNew)
            throws IOException, SQLException {
        this.lock = lock;
        this.cluster = cluster;
        this.postgres = postgres;
        this.isNew = isNew;
        this.owner = cluster.owner();
        this.application = ApplicationRole.renew(jdbcUrl(), owner);
    }

    /**
     * Starts the server on the data directory, which is made when it is not there, and stops one that a killed process left behind.
     *
     * @throws DatabaseNotStarted when another server uses the directory, or PostgreSQL does not start within 60 seconds
     */
    public static EmbeddedDatabase start(Path dataDirectory) {
        try {
            Path directory = PrivateDirectory.make(dataDirectory);
            // The bundled code opens the directory of its programs to every user, so that one lies within a closed one.
            Path programs = PrivateDirectory.make(directory.resolve("postgres-programs"));
            return start(directory, programs.resolve("unpacked"), DURABLE);
        } catch (IOException failure) {
            throw new DatabaseNotStarted(
                    "The data directory %s cannot be used (%s)".formatted(dataDirectory, failure),
                    "choose another with POLYPHONY_DATA_DIR.",
                    failure);
        }
    }

    static EmbeddedDatabase start(Path dataDirectory, Path programs, Map<String, String> settings) throws IOException {
        Path directory = PrivateDirectory.make(dataDirectory);
        DirectoryLock lock = DirectoryLock.acquire(directory);
        try {
            return start(lock, directory, builder(programs, settings));
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    private static EmbeddedPostgres.Builder builder(Path programs, Map<String, String> settings) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(programs.toFile())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(STARTUP_TIMEOUT);
        ALWAYS.forEach(builder::setServerConfig);
        settings.forEach(builder::setServerConfig);
        return builder;
    }

    private static EmbeddedDatabase start(DirectoryLock lock, Path directory, EmbeddedPostgres.Builder builder)
            throws IOException {
        Cluster cluster = Cluster.in(directory);
        StartLog startLog = StartLog.in(directory);
        Postmaster.clear(cluster.files());
        boolean isNew = !cluster.isComplete();
        cluster.prepare();
        try {
            builder.setOutputRedirector(startLog.redirect());
            return new EmbeddedDatabase(lock, cluster, Startup.of(protect(builder, cluster), startLog), isNew);
        } catch (IOException | SQLException | RuntimeException failure) {
            stopIfRunning(cluster);
            throw notStarted(cluster, startLog, failure);
        }
    }

    /** The "locale" settings are handed to initdb as they stand, which is the only way to give it a password and a text order that is the same everywhere. */
    private static EmbeddedPostgres.Builder protect(EmbeddedPostgres.Builder builder, Cluster cluster)
            throws IOException {
        return builder.setDataDirectory(cluster.files())
                .setDataDirectoryCustomizer(_ -> cluster.complete())
                .setLocaleConfig("pwfile", cluster.newPassword().toString())
                .setLocaleConfig("auth-host", "scram-sha-256")
                .setLocaleConfig("auth-local", "scram-sha-256")
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setConnectConfig("password", cluster.owner().password());
    }

    private static DatabaseNotStarted notStarted(Cluster cluster, StartLog startLog, Exception cause)
            throws IOException {
        return new DatabaseNotStarted(
                "The embedded PostgreSQL did not start in %s: %s"
                        .formatted(cluster.files(), startLog.errorOr(String.valueOf(cause.getMessage()))),
                "more may be in %s and %s.%s A PostgreSQL of your own can be used instead: SPRING_DATASOURCE_URL."
                        .formatted(startLog.file(), cluster.files().resolve("log"), adviceForRoot()),
                cause);
    }

    private static String adviceForRoot() {
        boolean stranded = "root".equals(System.getProperty("user.name")) && !LinuxUtils.isUnshareAvailable();
        return stranded
                ? " It does not run as root where user namespaces are forbidden: start as an ordinary user."
                : "";
    }

    /** Also where it cannot be told. */
    boolean isRunning() {
        try {
            return Postmaster.of(cluster.files()).isPresent();
        } catch (IOException unreadable) {
            return true;
        }
    }

    /**
     * Starts the server again after it has died: on the same port, with the same passwords. The directory stays locked meanwhile.
     *
     * @throws DatabaseNotStarted when it does not start within 60 seconds
     */
    synchronized void restart() {
        if (closed.get() || isRunning()) {
            return;
        }
        try {
            StartLog startLog =
                    StartLog.in(Objects.requireNonNull(cluster.files().getParent()));
            try {
                Postmaster.forgetReusedProcessId(cluster.files());
                new PostmasterRestart(cluster.files(), startLog, STARTUP_TIMEOUT).run();
            } catch (IOException failure) {
                throw notStarted(cluster, startLog, failure);
            }
        } catch (IOException failure) {
            throw new DatabaseNotStarted(
                    "The embedded PostgreSQL did not start again: " + failure.getMessage(),
                    "make sure that its directory can be read and written, and that the disk is not full.",
                    failure);
        }
    }

    /** Carries no user name and no password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(postgres.getPort());
    }

    /** Owns the schemas and migrates them. */
    public Login owner() {
        return owner;
    }

    /** What the server works as; may do what the migrations grant it. Its password holds until the next start. */
    public Login application() {
        return application;
    }

    /** Whether this start made the database; false when it found one. */
    public boolean isNew() {
        return isNew;
    }

    /** Stops the server in order and frees the directory. Connections that are still open are cut. */
    @Override
    public synchronized void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try (lock) {
            postgres.close();
            stopIfRunning(cluster);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void stopIfRunning(Cluster cluster) throws IOException {
        Optional<Postmaster> running = Postmaster.of(cluster.files());
        if (running.isPresent()) {
            running.get().stop();
        }
    }
}
