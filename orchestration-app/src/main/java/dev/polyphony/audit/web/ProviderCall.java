package dev.polyphony.audit.web;

import dev.polyphony.providers.ModelAttempt;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call of a model that a request led to, without what was said.
 *
 * @param provider the provider's configured name
 * @param model the model that was asked, as its vendor names it
 * @param startedAt when the call began
 * @param durationMs how long it took; 0 when the provider was passed over
 * @param outcome {@code ok}, the problem, or why the provider was passed over
 * @param httpStatus of an answer that told of an error; null when no such answer came
 * @param inputTokens as the vendor counted; null when it did not
 * @param outputTokens as the vendor counted; null when it did not
 * @param cost in US dollars by the configured prices; null without tokens or prices
 * @param eventPosition the event that tells of it; null when none does, such as of a client's chat
 * @param step the step of a run that it was made for; null when it was for none
 */
record ProviderCall(
        String provider,
        String model,
        Instant startedAt,
        long durationMs,
        String outcome,
        @Nullable Integer httpStatus,
        @Nullable Integer inputTokens,
        @Nullable Integer outputTokens,
        @Nullable BigDecimal cost,
        @Nullable Long eventPosition,
        @Nullable String step) {
    static ProviderCall of(ModelAttempt attempt, @Nullable Long eventPosition, @Nullable String step) {
        return new ProviderCall(
                attempt.provider(),
                attempt.model(),
                attempt.startedAt(),
                attempt.duration().toMillis(),
                attempt.outcome(),
                attempt.httpStatus(),
                attempt.inputTokens(),
                attempt.outputTokens(),
                attempt.cost(),
                eventPosition,
                step);
    }

    boolean isSameAs(ModelAttempt attempt) {
        return provider.equals(attempt.provider())
                && startedAt.toEpochMilli() == attempt.startedAt().toEpochMilli();
    }
}
