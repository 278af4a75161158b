package dev.polyphony.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** An embedded server for one test run: fast because it may lose everything, and gone when it is closed. */
public final class ThrowAwayDatabase implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ThrowAwayDatabase.class);
    private static final Path ROOT = Path.of(System.getProperty("java.io.tmpdir"), "polyphony-throw-away");
    private static final Duration GRACE = Duration.ofMinutes(10);
    static final Map<String, String> CARELESS =
            Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off", "max_connections", "300");

    /** Test runs share the unpacked programs. */
    static final Path PROGRAMS = Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg");

    private final Path directory;
    private final EmbeddedDatabase database;

    private ThrowAwayDatabase(Path directory) throws IOException {
        this.directory = directory;
        ClusterTemplate.copyTo(directory);
        this.database = EmbeddedDatabase.start(directory, PROGRAMS, CARELESS);
    }

    public static ThrowAwayDatabase start() {
        try {
            Files.createDirectories(ROOT);
            sweep();
            return new ThrowAwayDatabase(Files.createTempDirectory(ROOT, "db"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Ends what killed test runs have left behind. */
    private static void sweep() throws IOException {
        try (Stream<Path> directories = Files.list(ROOT)) {
            directories.filter(ThrowAwayDatabase::isOld).forEach(ThrowAwayDatabase::discard);
        }
    }

    private static boolean isOld(Path directory) {
        return Instant.ofEpochMilli(directory.toFile().lastModified())
                .isBefore(Instant.now().minus(GRACE));
    }

    private static void discard(Path directory) {
        try (DirectoryLock _ = DirectoryLock.acquire(directory.toRealPath())) {
            Postmaster.clear(directory.toRealPath().resolve("postgres"));
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException | DatabaseNotStarted inUse) {
            log.debug("Left {} alone: {}", directory, inUse.getMessage());
        }
    }

    public EmbeddedDatabase database() {
        return database;
    }

    @Override
    public void close() {
        database.close();
        FileSystemUtils.deleteRecursively(directory.toFile());
    }
}
