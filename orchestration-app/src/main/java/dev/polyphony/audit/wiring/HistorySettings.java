package dev.polyphony.audit.wiring;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the history is vouched for; {@code docs/history.md} explains each.
 *
 * @param checkpointInterval how many events lie between two checkpoints, at least 1
 * @param checkpointsFile where they are kept; empty for {@code <data-dir>/checkpoints.ndjson}
 * @param checkpointKey the Ed25519 private key that signs them, in PEM; empty to generate one
 */
@ConfigurationProperties("polyphony.history")
record HistorySettings(
        @DefaultValue("1000") int checkpointInterval,
        @DefaultValue("") String checkpointsFile,
        @DefaultValue("") String checkpointKey) {
    HistorySettings {
        if (checkpointInterval < 1) {
            throw new IllegalArgumentException(
                    "polyphony.history.checkpoint-interval is at least 1, not " + checkpointInterval);
        }
    }

    Path checkpointsPath(Path dataDirectory) {
        return checkpointsFile.isBlank()
                ? dataDirectory.resolve("checkpoints.ndjson")
                : Path.of(checkpointsFile).toAbsolutePath().normalize();
    }
}
