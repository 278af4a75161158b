package dev.polyphony.inspection.tree.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders for one fetch each. Beside each lies a file that its process holds locked: the system lets go of the lock when the
 * process dies, so that every other process, also on another machine that shares the folder, sees at once what is left over.
 */
final class Scratch {
    private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);
    private static final String PREFIX = "clone-";
    private static final String LOCK = ".lock";
    /** Something may still write into a folder while it is removed. */
    private static final int TRIES = 5;

    private final Path parent;

    Scratch(Path parent) {
        this.parent = parent;
    }

    /** One folder in use, until it is removed. */
    static final class Folder {
        private final Path path;
        private final Path lockFile;
        private final FileChannel channel;

        private Folder(Path path, Path lockFile, FileChannel channel) {
            this.path = path;
            this.lockFile = lockFile;
            this.channel = channel;
        }

        Path path() {
            return path;
        }

        /** What resists is left to {@link Scratch#removeLeftovers}, which sees the lock let go. */
        void remove() {
            boolean removed = Scratch.remove(path);
            try (channel) {
                if (removed) {
                    Files.deleteIfExists(lockFile);
                }
            } catch (IOException e) {
                LOG.debug("{} could not be removed", lockFile, e);
            }
            if (!removed) {
                LOG.warn("The fetched repository in {} could not be removed; it will be tried again", path);
            }
        }
    }

    Folder create() throws IOException {
        Files.createDirectories(parent);
        removeLeftovers();
        while (true) {
            Path path = parent.resolve(PREFIX + UUID.randomUUID());
            Path lockFile = lockOf(path);
            FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (channel.tryLock() != null && Files.exists(lockFile, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(path);
                return new Folder(path, lockFile, channel);
            }
            channel.close(); // another process took it for a leftover just then
        }
    }

    /** Removes what processes left behind that have died, and what could not be removed before. */
    void removeLeftovers() {
        if (!Files.isDirectory(parent)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path entry : entries) {
                removeLeftover(entry);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("Leftovers of fetches in {} could not be looked for", parent, e);
        }
    }

    private void removeLeftover(Path entry) {
        String name = entry.getFileName().toString();
        boolean isLock = name.endsWith(LOCK);
        Path folder = isLock ? parent.resolve(name.substring(0, name.length() - LOCK.length())) : entry;
        Path lockFile = lockOf(folder);
        if (!isLock && Files.notExists(lockFile)) {
            remove(folder);
            return;
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
            FileLock lock = channel.tryLock();
            if (lock != null && remove(folder)) {
                Files.deleteIfExists(lockFile);
            }
        } catch (OverlappingFileLockException _) {
            LOG.trace("{} is in use by this process", folder);
        } catch (IOException e) {
            LOG.debug("{} was removed by another process, or cannot be", folder, e);
        }
    }

    private static Path lockOf(Path folder) {
        return folder.resolveSibling(folder.getFileName() + LOCK);
    }

    /** Whether nothing is left of it. */
    private static boolean remove(Path folder) {
        for (int i = 0; i < TRIES && Files.exists(folder, LinkOption.NOFOLLOW_LINKS); i++) {
            try {
                Files.walkFileTree(folder, new Removal());
            } catch (IOException | UncheckedIOException e) {
                LOG.debug("{} could not be removed yet", folder, e);
            }
        }
        return Files.notExists(folder, LinkOption.NOFOLLOW_LINKS);
    }

    private static final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE; // gone, or tried again
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
