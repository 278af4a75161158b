package dev.polyphony.audit.wiring;

import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the history is vouched for; {@code docs/history.md} explains each.
 *
 * @param checkpointInterval how many events lie between two checkpoints
 * @param checkpointMaxDelay how long an event waits for a checkpoint when there are fewer
 * @param checkpointsFile where they are kept; empty for {@code <data-dir>/checkpoints.ndjson}
 * @param checkpointKey the Ed25519 private key that signs them, in PEM; empty to generate one
 */
@ConfigurationProperties("polyphony.history")
@Validated
public record HistorySettings(
        @DefaultValue("1000") @Min(1) int checkpointInterval,

        @DefaultValue("1h") @DurationMin(seconds = 1) @DurationMax(days = 365)
        Duration checkpointMaxDelay,

        @DefaultValue("") String checkpointsFile,
        @DefaultValue("") String checkpointKey) {
    Path checkpointsPath(Path dataDirectory) {
        return checkpointsFile.isBlank()
                ? dataDirectory.resolve("checkpoints.ndjson")
                : Path.of(checkpointsFile).toAbsolutePath().normalize();
    }
}
