package dev.polyphony.identity.limits.wiring;

import dev.polyphony.identity.Tier;
import dev.polyphony.identity.limits.Limits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param enabled whether requests are counted at all
 * @param tiers other limits than the documented ones, by the tier and the limit
 * @param addressPerMinute requests in a minute from one address to {@code addressPaths}
 * @param addressPaths paths that are limited by the address of the client
 * @param sweepInterval how often what is full again is deleted
 */
@ConfigurationProperties("polyphony.limits")
@Validated
public record LimitSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Map<Tier, TierLimits> tiers,
        @DefaultValue("100") @Min(1) @Max(1_000_000_000) long addressPerMinute,

        @DefaultValue({"/reset", "/step", "/step_batch", "/stream"})
        List<String> addressPaths,

        @DefaultValue("1m") @DurationMin(millis = 1) Duration sweepInterval) {
    /** What a tenant of this tier has, unless an operator decided otherwise for it. */
    public Limits of(Tier tier) {
        TierLimits others = tiers.get(tier);
        return others == null ? Limits.of(tier) : Limits.of(tier).with(others.limits());
    }
}
