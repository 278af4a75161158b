package dev.polyphony.identity.limits.wiring;

import dev.polyphony.identity.Tier;
import dev.polyphony.identity.limits.Limit;
import dev.polyphony.identity.limits.Limits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
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
    /** Other limits of one tier than the documented ones, under the names of {@link Limit}; those that are left out stay. */
    record TierLimits(
            @Nullable Long statesetPerMinute,
            @Nullable Long amasPerHour,
            @Nullable Long amasBurst,
            @Nullable Long aivillagePerMinute,
            @Nullable Long aivillagePerHour,
            @Nullable Long orchestratorPerMinute,
            @Nullable Long selfImproverPerMinute,
            @Nullable Long issueResponderPerMinute,
            @Nullable Long providerManagementPerMinute,
            @Nullable Long concurrentTasks,
            @Nullable Long concurrentRequests,
            @Nullable Long bodyBytesInFlight) {
        Limits limits() {
            Map<Limit, Long> values = new EnumMap<>(Limit.class);
            put(values, Limit.STATESET_PER_MINUTE, statesetPerMinute);
            put(values, Limit.AMAS_PER_HOUR, amasPerHour);
            put(values, Limit.AMAS_BURST, amasBurst);
            put(values, Limit.AIVILLAGE_PER_MINUTE, aivillagePerMinute);
            put(values, Limit.AIVILLAGE_PER_HOUR, aivillagePerHour);
            put(values, Limit.ORCHESTRATOR_PER_MINUTE, orchestratorPerMinute);
            put(values, Limit.SELF_IMPROVER_PER_MINUTE, selfImproverPerMinute);
            put(values, Limit.ISSUE_RESPONDER_PER_MINUTE, issueResponderPerMinute);
            put(values, Limit.PROVIDER_MANAGEMENT_PER_MINUTE, providerManagementPerMinute);
            put(values, Limit.CONCURRENT_TASKS, concurrentTasks);
            put(values, Limit.CONCURRENT_REQUESTS, concurrentRequests);
            put(values, Limit.BODY_BYTES_IN_FLIGHT, bodyBytesInFlight);
            return new Limits(values);
        }

        private static void put(Map<Limit, Long> values, Limit limit, @Nullable Long value) {
            if (value != null) {
                values.put(limit, value);
            }
        }
    }

    /** What a tenant of this tier has, unless an operator decided otherwise for it. */
    public Limits of(Tier tier) {
        TierLimits others = tiers.get(tier);
        return others == null ? Limits.of(tier) : Limits.of(tier).with(others.limits());
    }
}
