package dev.polyphony.conversations.gateway;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the interfaces for clients of models behave; {@code docs/openai.md} explains it.
 *
 * @param timeout the longest that one request may take, with all attempts
 */
@ConfigurationProperties("polyphony.gateway")
@Validated
public record GatewaySettings(
        @DefaultValue("10m") @DurationMin(seconds = 1) @DurationMax(hours = 24)
        Duration timeout) {}
