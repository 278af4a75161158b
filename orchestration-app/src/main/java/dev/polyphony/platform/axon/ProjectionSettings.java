package dev.polyphony.platform.axon;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How projections follow the history; {@code docs/projections.md} explains each.
 *
 * @param batchSize the most events that one segment handles in one transaction
 * @param segments how many nodes or threads can work on one projection at once; a projection keeps what it had when it first
 *     started
 */
@ConfigurationProperties("polyphony.projections")
@Validated
record ProjectionSettings(
        @DefaultValue("500") @Min(1) @Max(1_000) int batchSize,
        @DefaultValue("2") @Min(1) @Max(32) int segments) {}
