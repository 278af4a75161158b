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

/** One JSON line for each figure of a benchmark, on the screen and in a file. */
final class Figures {
    private static final Logger LOG = LoggerFactory.getLogger(Figures.class);

    private final Path file;

    Figures(Path directory, String benchmark) throws IOException {
        Files.createDirectories(directory);
        this.file = directory.resolve(benchmark + ".ndjson");
        Files.deleteIfExists(file);
    }

    /**
     * The value is the median of the rounds; the lowest and the highest tell how noisy it was.
     *
     * @param bound what we promise; empty where nothing is promised
     */
    void say(String name, double[] rounds, String unit, String bound) {
        double[] sorted = rounds.clone();
        Arrays.sort(sorted);
        String line = String.format(
                Locale.ROOT,
                "{\"figure\": \"%s\", \"value\": %.2f, \"lowest\": %.2f, \"highest\": %.2f, \"unit\": \"%s\","
                        + " \"promised\": \"%s\"}",
                name,
                sorted[sorted.length / 2],
                sorted[0],
                sorted[sorted.length - 1],
                unit,
                bound);
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
