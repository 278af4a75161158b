package dev.polyphony.postgres;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a data directory to one server, of this process or another. The system frees it when the process dies, however it dies. */
final class DirectoryLock implements AutoCloseable {
    /** Opening and closing a lock file a second time in one process would free the lock that the process holds on it. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    static DirectoryLock acquire(Path directory) throws IOException {
        if (!HELD_HERE.add(directory)) {
            throw inUse(directory, String.valueOf(ProcessHandle.current().pid()));
        }
        try {
            return new DirectoryLock(directory, lockedChannel(directory));
        } catch (IOException | RuntimeException failure) {
            HELD_HERE.remove(directory);
            throw failure;
        }
    }

    private static FileChannel lockedChannel(Path directory) throws IOException {
        Path file = directory.resolve("lock");
        FileChannel channel = FileChannel.open(file, CREATE, WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw inUse(directory, Files.readString(file).strip());
        }
        byte[] pid = String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
        channel.truncate(0).write(ByteBuffer.wrap(pid), 0);
        return channel;
    }

    private static DatabaseNotStarted inUse(Path directory, String pid) {
        return new DatabaseNotStarted(
                "Another Polyphony server (process %s) uses the data directory %s".formatted(pid, directory),
                "stop it, or give this one a directory of its own with POLYPHONY_DATA_DIR.",
                null);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD_HERE.remove(directory);
        }
    }
}
