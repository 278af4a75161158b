package dev.polyphony.platform.database;

import dev.polyphony.postgres.RestartPolicy;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What becomes of the embedded PostgreSQL when it dies, and when the disk counts as full.
 *
 * @param restartAttempts attempts in a row to start it again before the server exits; 0 exits at once
 * @param restartWait before the first attempt; it doubles with each, up to 30 s
 * @param minFreeDisk with less of it, the server is not ready
 */
@ConfigurationProperties("polyphony.database")
@Validated
record DatabaseSettings(
        @DefaultValue("10") @Min(0) @Max(1_000) int restartAttempts,

        @DefaultValue("500ms") @DurationMin(millis = 1) @DurationMax(minutes = 10)
        Duration restartWait,

        @DefaultValue("100MB") DataSize minFreeDisk) {
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    RestartPolicy restartPolicy() {
        return new RestartPolicy(
                restartAttempts, restartWait, restartWait.compareTo(MAX_WAIT) > 0 ? restartWait : MAX_WAIT);
    }
}
