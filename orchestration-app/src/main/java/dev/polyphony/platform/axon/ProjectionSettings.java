package dev.polyphony.platform.axon;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How projections follow the history; {@code docs/projections.md} explains each.
 *
 * @param batchSize the most events that one segment handles in one transaction, 1 to 1000
 * @param segments how many nodes or threads can work on one projection at once, 1 to 32; a projection keeps what it had when it
 *     first started
 */
@ConfigurationProperties("polyphony.projections")
record ProjectionSettings(
        @DefaultValue("500") int batchSize,
        @DefaultValue("2") int segments) {
    private static final int MOST_AT_ONCE = 1_000;
    private static final int MOST_SEGMENTS = 32;

    ProjectionSettings {
        require("batch-size", batchSize, MOST_AT_ONCE);
        require("segments", segments, MOST_SEGMENTS);
    }

    private static void require(String setting, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "polyphony.projections.%s is 1 to %d, not %d".formatted(setting, most, value));
        }
    }
}
