package dev.polyphony.postgres;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of PostgreSQL within a data directory. The password of the database moves into them as the last act of their making, so that
 * files without one are known to be half made: the server died while it made them, before anything was stored.
 */
record Cluster(Path files, Path newPassword) {
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
    private static final String OWNER = "postgres";

    static Cluster in(Path dataDirectory) {
        return new Cluster(dataDirectory.resolve("postgres"), dataDirectory.resolve("postgres.password"));
    }

    boolean isComplete() {
        return Files.exists(password());
    }

    /** Leaves either complete files, or none and a fresh password to make them with. */
    void prepare() throws IOException {
        if (isComplete()) {
            return;
        }
        if (Files.exists(files)) {
            Path aside = files.resolveSibling("postgres.incomplete-" + System.currentTimeMillis());
            Files.move(files, aside);
            LOG.warn("The first start on {} was cut short. Its files are in {} and can be deleted.", files, aside);
        }
        Files.deleteIfExists(newPassword);
        writePrivately(newPassword, Login.fresh(OWNER).password());
    }

    /** To be called when the files are made. */
    void complete() {
        if (isComplete()) {
            return;
        }
        try {
            Files.move(newPassword, password(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The role that owns everything. */
    Login owner() throws IOException {
        return new Login(
                OWNER, Files.readString(isComplete() ? password() : newPassword).strip());
    }

    private Path password() {
        return files.resolve("polyphony.password");
    }

    private static void writePrivately(Path file, String text) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (SeekableByteChannel channel = Files.newByteChannel(file, Set.of(CREATE_NEW, WRITE), ownerOnly)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
