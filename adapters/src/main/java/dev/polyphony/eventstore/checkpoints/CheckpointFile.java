package dev.polyphony.eventstore.checkpoints;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Checkpoints in a file, one line of JSON each, that is only ever appended to. */
public record CheckpointFile(Path path) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private static final int NEWEST_BYTES = 16_384;

    /**
     * Returns when the checkpoint is on the disk, or when one of the newest that are there makes it superfluous.
     *
     * @return the newest that made it superfluous
     */
    Optional<Checkpoint> appendUnless(Predicate<Checkpoint> suffices, Checkpoint checkpoint) throws IOException {
        byte[] line = (JSON.writeValueAsString(checkpoint) + "\n").getBytes(StandardCharsets.UTF_8);
        // Nodes may share a directory. The lock keeps other processes out, and the monitor this one, whose locks would
        // clash.
        synchronized (CheckpointFile.class) {
            try (FileChannel file = FileChannel.open(path, CREATE, READ, WRITE);
                    FileLock _ = file.lock()) {
                Optional<Checkpoint> found = newest(file).filter(suffices).reduce((_, newer) -> newer);
                if (found.isEmpty()) {
                    append(file, line);
                }
                return found;
            }
        }
    }

    private static void append(FileChannel file, byte[] line) throws IOException {
        file.position(file.size());
        if (isTorn(file)) {
            write(file, new byte[] {'\n'});
        }
        write(file, line);
        file.force(true);
    }

    /** Read through the channel that holds the lock: to close another one would release it. */
    private static Stream<Checkpoint> newest(FileChannel file) throws IOException {
        ByteBuffer end = ByteBuffer.allocate((int) Math.min(NEWEST_BYTES, file.size()));
        int read = 0;
        for (long from = file.size() - end.capacity(); read >= 0 && end.hasRemaining(); from += read) {
            read = file.read(end, from);
        }
        return parse(new String(end.array(), 0, end.position(), StandardCharsets.UTF_8));
    }

    /** A process that died while it wrote has left a line without an end. */
    private static boolean isTorn(FileChannel file) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return file.size() > 0 && file.read(last, file.size() - 1) == 1 && last.get(0) != '\n';
    }

    private static void write(FileChannel file, byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            file.write(left);
        }
    }

    /**
     * What can be read, by position; lines that a crash has left incomplete are passed over. Whether it was signed is for the
     * reader to ask.
     */
    public List<Checkpoint> read() throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        return parse(new String(Files.readAllBytes(path), StandardCharsets.UTF_8))
                .sorted(Comparator.comparingLong(Checkpoint::position))
                .toList();
    }

    /** The file as it is; nothing when there is none yet. */
    public void copyTo(OutputStream out) throws IOException {
        if (Files.exists(path)) {
            Files.copy(path, out);
        }
    }

    private static Stream<Checkpoint> parse(String lines) {
        return lines.lines().flatMap(CheckpointFile::parseLine);
    }

    private static Stream<Checkpoint> parseLine(String line) {
        try {
            return Stream.of(JSON.readValue(line, Checkpoint.class));
        } catch (JacksonException incomplete) {
            return Stream.empty();
        }
    }
}
