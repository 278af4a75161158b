package dev.polyphony.providers.management;

import dev.polyphony.providers.Capability;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One provider now.
 *
 * @param name as operators configured it
 * @param title what people call it
 * @param kind {@code openai}, {@code anthropic}, {@code gemini}, {@code ollama}, {@code local} or {@code embedded}
 * @param endpoint the URL that the vendor's paths are appended to; null for models in this process
 * @param model the model it asks, as the vendor names it
 * @param capabilities what it can do beyond replying with text
 * @param contextTokens tokens that a request and its reply may have together; null when not known
 * @param settings as they are now
 * @param limits as configured
 * @param status whether it would be asked now
 * @param reason why it is not active, with the time at which it is asked again; null when it is
 * @param coolingUntil when it is asked again after it limited us or refused; null when it is not cooling down
 */
public record ProviderView(
        String name,
        String title,
        String kind,
        @Nullable String endpoint,
        String model,
        Set<Capability> capabilities,
        @Nullable Integer contextTokens,
        ProviderSettings settings,
        Limits limits,
        Status status,
        @Nullable String reason,
        @Nullable Instant coolingUntil,
        Circuit circuit,
        Measured measured) {
    public ProviderView {
        capabilities = Set.copyOf(capabilities);
    }

    /** Whether a provider would be asked now. */
    public enum Status {
        ACTIVE,
        /** The vendor limits our rate, or our own limits are used up. */
        RATE_LIMITED,
        /** By configuration, or for want of a key. */
        DISABLED,
        /** Its circuit is open, or it cools down because of its key, quota or model. */
        UNAVAILABLE;

        /** As on the wire, such as {@code rate_limited}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param concurrentCalls the most calls at once
     * @param requestsPerMinute null when not limited
     * @param tokensPerMinute null when not limited
     */
    public record Limits(
            int concurrentCalls,
            @Nullable Integer requestsPerMinute,
            @Nullable Integer tokensPerMinute) {}

    /** Whether calls are let through. */
    public enum CircuitState {
        CLOSED,
        /** None is. */
        OPEN,
        /** One is, to see whether the provider is well again. */
        HALF_OPEN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The circuit breaker. Failures that are the request's own do not count here.
     *
     * @param failuresInARow since the last success
     * @param failures of this node's life
     * @param successes of this node's life
     * @param lastFailureAt null before the first
     * @param nextAttemptAt when an open circuit lets one call through; null when it is not open
     */
    public record Circuit(
            CircuitState state,
            int failuresInARow,
            long failures,
            long successes,
            @Nullable Instant lastFailureAt,
            @Nullable Instant nextAttemptAt) {}

    /**
     * What was measured. Calls that our side ended are counted in {@code calls} only.
     *
     * @param calls attempts that were made
     * @param successes attempts that replied
     * @param failures attempts that failed
     * @param running attempts at this moment
     * @param successRate 0 to 1, of the calls in the window; null when there are none
     * @param meanSeconds mean time of the replies in the window; null when there are none
     * @param p95Seconds time within which 95 % of the replies in the window came; null with less than 20 of them
     * @param lastUsedAt when the last call began; null before the first
     * @param inputTokens as the vendor counted them
     * @param outputTokens as the vendor counted them
     * @param cost of all calls in US dollars by the configured prices; null when there are no prices
     */
    public record Measured(
            long calls,
            long successes,
            long failures,
            int running,
            @Nullable Double successRate,
            @Nullable Double meanSeconds,
            @Nullable Double p95Seconds,
            @Nullable Instant lastUsedAt,
            long inputTokens,
            long outputTokens,
            @Nullable BigDecimal cost) {}
}
