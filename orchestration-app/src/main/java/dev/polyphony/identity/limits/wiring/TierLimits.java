package dev.polyphony.identity.limits.wiring;

import dev.polyphony.identity.limits.Limit;
import dev.polyphony.identity.limits.Limits;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Other limits of one tier than the documented ones, under the names of {@link Limit}; those that are left out stay. */
public record TierLimits(
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
