package dev.polyphony.inspection.tree.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folders for one fetch each. Those that a killed process left behind go when the next one is made. */
final class Scratch {
    private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);
    private static final String PREFIX = "clone-";
    /** Far longer than an inspection may take, so that no other process still uses what is removed. */
    private static final Duration ABANDONED = Duration.ofHours(2);

    private final Path parent;

    Scratch(Path parent) {
        this.parent = parent;
    }

    Path create() throws IOException {
        Files.createDirectories(parent);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            folders.forEach(Scratch::removeAbandoned);
        }
        return Files.createTempDirectory(parent, PREFIX);
    }

    private static void removeAbandoned(Path folder) {
        try {
            Instant used = Files.getLastModifiedTime(folder).toInstant();
            if (used.isBefore(Instant.now().minus(ABANDONED))) {
                remove(folder);
            }
        } catch (IOException _) {
            LOG.debug("{} was removed by another process", folder);
        }
    }

    static void remove(Path folder) {
        try {
            Files.walkFileTree(folder, new Removal());
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("The fetched repository in {} could not be removed; it will be tried again later", folder, e);
        }
    }

    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
