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

    private final Path file;

    Figures(Path directory) throws IOException {
        Files.createDirectories(directory);
        this.file = directory.resolve("inbound.ndjson");
        Files.deleteIfExists(file);
    }

    /**
     * The value is the median of the rounds; the lowest and the highest tell how noisy it was.
     *
     * @param rounds none for what could not be measured, which is null then
     */
    void say(String name, double[] rounds, String unit) {
        double[] sorted = rounds.clone();
        Arrays.sort(sorted);
        String numbers = sorted.length == 0
                ? "\"value\": null, \"lowest\": null, \"highest\": null"
                : String.format(
                        Locale.ROOT,
                        "\"value\": %.2f, \"lowest\": %.2f, \"highest\": %.2f",
                        sorted[sorted.length / 2],
                        sorted[0],
                        sorted[sorted.length - 1]);
        String line = "{\"figure\": \"%s\", %s, \"unit\": \"%s\"}".formatted(name, numbers, unit);
        LOG.info(line);
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
