package dev.polyphony.workflows.wiring;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How runs are done.
 *
 * @param sample whether the first start on an empty data directory runs the main job once
 */
@ConfigurationProperties("polyphony")
@Validated
public record WorkflowSettings(
        @DefaultValue("true") boolean sample,
        @DefaultValue @Valid Steps workflows) {
    /**
     * @param maxConcurrentSteps steps that this node works on at once
     * @param maxWaitingSteps steps that wait until others have ended; with as many, new runs are answered 503
     * @param stepTimeout the longest that the model calls of one step may take together
     */
    public record Steps(
            @DefaultValue("16") @Min(1) @Max(10_000) int maxConcurrentSteps,
            @DefaultValue("1000") @Min(1) @Max(1_000_000) int maxWaitingSteps,

            @DefaultValue("5m") @DurationMin(millis = 1) @DurationMax(hours = 24)
            Duration stepTimeout) {}
}
