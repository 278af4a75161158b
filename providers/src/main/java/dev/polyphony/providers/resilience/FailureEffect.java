package dev.polyphony.providers.resilience;

import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.config.ProviderLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a failure says about the provider.
 *
 * @param breaksCircuit whether it counts towards opening the circuit
 * @param counts whether it is the provider's failure at all, and not that of the request or of our side
 * @param coolFor how long the provider is left alone, if the vendor named no time; null when it is not
 */
record FailureEffect(
        boolean breaksCircuit, boolean counts, @Nullable Duration coolFor) {
    private static final FailureEffect NOT_THE_PROVIDERS = new FailureEffect(false, false, null);

    /** A provider that had less time than this, and less than its own limit, has not failed when it is over. */
    private static final Duration FAIR_TIMEOUT = Duration.ofSeconds(10);

    /**
     * @param allowed how long the attempt was allowed to take
     * @param timeout how long attempts at this provider usually may take
     */
    static FailureEffect of(
            ProviderFailure failure, ProviderLimits.CoolDowns coolDowns, Duration allowed, Duration timeout) {
        return switch (failure.problem()) {
            case PROVIDER_RATE_LIMITED -> new FailureEffect(false, true, coolDowns.rateLimited());
            case PROVIDER_REFUSED_KEY, PROVIDER_QUOTA_EXHAUSTED -> new FailureEffect(false, true, coolDowns.refused());
            case REPLY_NOT_BY_SCHEMA, PROVIDER_REPLY_UNUSABLE, PROVIDER_MODEL_UNKNOWN ->
                new FailureEffect(false, true, null);
            case PROVIDER_TIMED_OUT ->
                failure.status() != null || allowed.compareTo(timeout) >= 0 || allowed.compareTo(FAIR_TIMEOUT) >= 0
                        ? new FailureEffect(true, true, null)
                        : NOT_THE_PROVIDERS;
            default -> failure.problem().retryable() ? new FailureEffect(true, true, null) : NOT_THE_PROVIDERS;
        };
    }
}
