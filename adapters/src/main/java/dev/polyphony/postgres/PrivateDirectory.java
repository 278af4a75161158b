package dev.polyphony.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory that other users of the machine cannot look into. */
final class PrivateDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateDirectory.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private PrivateDirectory() {}

    /** The real path. What is new or empty is closed to others; in what somebody else has filled, permissions are theirs to change. */
    static Path make(Path directory) throws IOException {
        FileAttribute<?> closed = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
        Path real = Files.createDirectories(directory.toAbsolutePath(), closed).toRealPath();
        if (Files.getPosixFilePermissions(real).equals(OWNER_ONLY)) {
            return real;
        }
        if (isEmpty(real)) {
            Files.setPosixFilePermissions(real, OWNER_ONLY);
        } else {
            LOG.warn("Other users of this machine may look into {}: close it with chmod 700.", real);
        }
        return real;
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.findAny().isEmpty();
        }
    }
}
