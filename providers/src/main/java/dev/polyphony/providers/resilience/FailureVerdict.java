package dev.polyphony.providers.resilience;

import dev.polyphony.providers.ProviderFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a failure says about the provider.
 *
 * @param breaksCircuit whether it counts towards opening the circuit
 * @param counts whether it is the provider's failure at all, and not that of the request or of our side
 * @param coolFor how long the provider is left alone, if the vendor named no time; null when it is not
 */
record FailureVerdict(
        boolean breaksCircuit, boolean counts, @Nullable Duration coolFor) {
    private static final FailureVerdict NOT_THE_PROVIDERS = new FailureVerdict(false, false, null);

    /** A provider that had less time than this, and less than its own limit, has not failed when it is over. */
    private static final Duration FAIR_TIME = Duration.ofSeconds(10);

    /**
     * @param given how long the attempt was allowed to take
     * @param timeout how long attempts at this provider usually may take
     */
    static FailureVerdict of(ProviderFailure failure, ProviderLimits.CoolDowns coolDowns, Duration given, Duration timeout) {
        return switch (failure.problem()) {
            case PROVIDER_RATE_LIMITED -> new FailureVerdict(false, true, coolDowns.rateLimited());
            case PROVIDER_REFUSED_KEY, PROVIDER_QUOTA_EXHAUSTED, PROVIDER_MODEL_UNKNOWN ->
                new FailureVerdict(false, true, coolDowns.refused());
            case REPLY_NOT_BY_SCHEMA -> new FailureVerdict(false, true, null);
            case PROVIDER_TIMED_OUT ->
                failure.status() != null || given.compareTo(timeout) >= 0 || given.compareTo(FAIR_TIME) >= 0
                        ? new FailureVerdict(true, true, null)
                        : NOT_THE_PROVIDERS;
            default -> failure.problem().retryable() ? new FailureVerdict(true, true, null) : NOT_THE_PROVIDERS;
        };
    }
}
