package dev.polyphony.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One JSON line for each figure, on the screen and in a file. */
final class Figures {
    private static final Logger LOG = LoggerFactory.getLogger(Figures.class);
    private static final double NANOS_PER_MICRO = 1_000;

    private final Path file;

    Figures(Path directory) throws IOException {
        Files.createDirectories(directory);
        this.file = directory.resolve("router.ndjson");
        Files.deleteIfExists(file);
    }

    void micros(String name, double nanos) {
        String line = String.format(
                Locale.ROOT, "{\"figure\": \"%s\", \"value\": %.1f, \"unit\": \"µs\"}", name, nanos / NANOS_PER_MICRO);
        LOG.info(line);
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The value below which the given share of all values lies. */
    static double percentile(long[] values, double share) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))];
    }
}
