package dev.polyphony.platform.errors;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code /api/v1}: AMAS and GoAgents at once. */
@Component
final class AmasDialect implements ApiDialect {
    /**
     * An error in the form of AMAS.
     *
     * @param success false
     * @param error what went wrong
     * @param timestamp when it was answered
     */
    record AmasError(boolean success, AmasErrorDetails error, Instant timestamp) {}

    /**
     * What went wrong.
     *
     * @param code the published code, such as {@code INVALID_PARAMETER}
     * @param message what was wrong and what to do, in a sentence
     * @param details the input that was wrong, as {@code parameter}, {@code provided} and {@code expected}, or what the code
     *     says; null when there are none
     * @param requestId the request's id, under which the log tells more
     * @param timestamp when it was answered
     */
    record AmasErrorDetails(
            String code, String message, @Nullable Object details, String requestId, Instant timestamp) {}

    @Override
    public String basePath() {
        return "/api/v1/";
    }

    @Override
    public Object body(ApiError error, String requestId, Instant now) {
        AmasErrorDetails details =
                new AmasErrorDetails(error.codeOrStatus(), error.message(), error.details(), requestId, now);
        return new AmasError(false, details, now);
    }
}
