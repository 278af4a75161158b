package dev.polyphony.identity.idempotency.wiring;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param waitTimeout how long a request waits for the answer of an earlier one with the same key
 * @param lease how long after a node died another one may repeat what it was doing
 * @param sweepInterval how often requests whose day is over are deleted
 */
@ConfigurationProperties("polyphony.idempotency")
@Validated
public record IdempotencySettings(
        @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(minutes = 10)
        Duration waitTimeout,

        @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration lease,

        @DefaultValue("1m") @DurationMin(millis = 1) Duration sweepInterval) {}
