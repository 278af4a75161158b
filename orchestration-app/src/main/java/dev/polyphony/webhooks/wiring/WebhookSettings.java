package dev.polyphony.webhooks.wiring;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How webhooks are sent; {@code docs/webhooks.md} explains each.
 *
 * @param retryWaits the wait after the first failed attempt, after the second, …
 * @param callTimeout for one whole call
 * @param maxInFlight endpoints that this node calls at the same time
 * @param pollInterval how soon work that another node left behind is noticed
 */
@ConfigurationProperties("polyphony.webhooks")
@Validated
record WebhookSettings(
        @DefaultValue({"5s", "30s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"})
        List<@DurationMin(millis = 1) Duration> retryWaits,

        @DefaultValue("15s") @DurationMin(millis = 1) Duration callTimeout,
        @DefaultValue("64") @Min(1) int maxInFlight,
        @DefaultValue("2s") @DurationMin(millis = 1) Duration pollInterval) {}
