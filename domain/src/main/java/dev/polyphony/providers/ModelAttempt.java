package dev.polyphony.providers;

import dev.polyphony.shared.Personal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try at one provider, or why it was passed over. Stored in events: what came later is null in older ones.
 *
 * @param provider the provider's configured name
 * @param model the model that was asked
 * @param startedAt when the call began
 * @param duration how long it took, to success or failure; zero when the provider was passed over
 * @param outcome {@code ok}; the slug of the {@link ProviderProblem}, such as {@code provider-timed-out}; or, when the provider
 *     was passed over, why: one of {@code skipped-circuit-open}, {@code skipped-cooling-down}, {@code skipped-full},
 *     {@code skipped-rate-limit}, {@code skipped-capability} or, in older ones, {@code skipped-context-window}
 * @param error what went wrong in words, which may quote what the model was asked; null when nothing did
 * @param firstToken from the start of the call to the first piece of a stream; null when none was heard
 * @param httpStatus of an answer that told of an error; null when no such answer came
 * @param inputTokens tokens that the vendor counted as read; null when it counted none
 * @param outputTokens tokens that the vendor counted as written; null when it counted none
 * @param cost what those tokens cost in US dollars by the configured prices; null without tokens or prices
 */
public record ModelAttempt(
        String provider,
        String model,
        Instant startedAt,
        Duration duration,
        String outcome,
        @Personal @Nullable String error,
        @Nullable Duration firstToken,
        @Nullable Integer httpStatus,
        @Nullable Integer inputTokens,
        @Nullable Integer outputTokens,
        @Nullable BigDecimal cost) {
    public static final String OK = "ok";

    /** What the outcome of a provider that was passed over begins with. */
    public static final String SKIPPED = "skipped-";

    /** An attempt that replied and of which nothing was counted. */
    public static ModelAttempt ok(String provider, String model, Instant startedAt, Duration duration) {
        return new ModelAttempt(provider, model, startedAt, duration, OK, null, null, null, null, null, null);
    }

    /** Whether the provider was called at all. */
    public boolean made() {
        return !outcome.startsWith(SKIPPED);
    }
}
