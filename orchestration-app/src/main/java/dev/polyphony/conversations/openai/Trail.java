package dev.polyphony.conversations.openai;

import dev.polyphony.providers.ModelAttempt;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who was asked, in order, and how it went; goes beside OpenAI's own fields.
 *
 * @param provider who replied; null when nobody did
 * @param model the model that replied, as its vendor names it; null when none did
 */
record Trail(@Nullable String provider, @Nullable String model, List<Attempt> attempts) {
    private static final String PROVIDER = "X-Polyphony-Provider";
    private static final String MODEL = "X-Polyphony-Model";
    private static final String ATTEMPTS = "X-Polyphony-Attempts";

    /**
     * @param outcome {@code ok}, or why not
     * @param durationMs how long it took
     */
    record Attempt(String provider, String model, String outcome, long durationMs) {
        static Attempt of(ModelAttempt attempt) {
            return new Attempt(
                    attempt.provider(),
                    attempt.model(),
                    attempt.outcome(),
                    attempt.duration().toMillis());
        }
    }

    static Trail of(@Nullable String provider, @Nullable String model, List<ModelAttempt> attempts) {
        return new Trail(provider, model, attempts.stream().map(Attempt::of).toList());
    }

    /** As headers, for those who look no further. A vendor's name for its model may hold what no header can. */
    void tell(HttpServletResponse response) {
        if (provider != null) {
            response.setHeader(PROVIDER, provider);
        }
        if (model != null) {
            response.setHeader(MODEL, model.replaceAll("[^\\x21-\\x7e]", "?"));
        }
        response.setHeader(
                ATTEMPTS,
                attempts.stream()
                        .map(attempt -> "%s;outcome=%s;ms=%d"
                                .formatted(attempt.provider(), attempt.outcome(), attempt.durationMs()))
                        .collect(Collectors.joining(", ")));
    }
}
