package dev.polyphony.providers;

import dev.polyphony.shared.Personal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try at one provider.
 *
 * @param provider the provider's configured name
 * @param model the model that was asked
 * @param startedAt when the call began
 * @param duration how long it took, to success or failure
 * @param outcome {@code ok}, or the slug of the {@link ProviderProblem}, such as {@code provider-timed-out}
 * @param error what went wrong in words, which may quote what the model was asked; null when nothing did
 */
public record ModelAttempt(
        String provider,
        String model,
        Instant startedAt,
        Duration duration,
        String outcome,
        @Personal @Nullable String error) {
    public static final String OK = "ok";
}
