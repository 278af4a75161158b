package dev.polyphony.config;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How projections follow the history; {@code docs/projections.md} explains each.
 *
 * @param batchSize the most events that one segment handles in one transaction, 1 to 1000
 */
@ConfigurationProperties("polyphony.projections")
record ProjectionSettings(@DefaultValue("200") int batchSize) {
    private static final int MOST = 1_000;

    ProjectionSettings {
        if (batchSize < 1 || batchSize > MOST) {
            throw new IllegalArgumentException(
                    "polyphony.projections.batch-size is 1 to " + MOST + ", not " + batchSize);
        }
    }
}
