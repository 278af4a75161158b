package dev.polyphony.platform.errors;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** {@code /v1}: AIVillage. */
@Component
final class AiVillageDialect implements ApiDialect {
    /**
     * An error in the form of AIVillage.
     *
     * @param success false
     * @param errorCode the published code
     * @param message what was wrong and what to do, in a sentence
     * @param details the input that was wrong, as {@code parameter}, {@code provided} and {@code expected}, or what the code
     *     says; null when there are none
     * @param timestamp when it was answered
     * @param requestId the request's id, under which the log tells more
     * @param documentation where it is described
     */
    record AiVillageError(
            boolean success,
            String errorCode,
            String message,
            @Nullable Object details,
            Instant timestamp,
            String requestId,
            String documentation) {}

    @Override
    public String basePath() {
        return "/v1/";
    }

    @Override
    public Object body(ApiError error, String requestId, Instant now) {
        String code = error.code() == null ? code(error.status()) : error.code();
        return new AiVillageError(false, code, error.message(), error.details(), now, requestId, "/docs#" + code);
    }

    private static String code(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> "VALIDATION_ERROR";
            case UNAUTHORIZED -> "AUTHENTICATION_REQUIRED";
            case FORBIDDEN -> "INSUFFICIENT_PERMISSIONS";
            case NOT_FOUND -> "RESOURCE_NOT_FOUND";
            case TOO_MANY_REQUESTS -> "RATE_LIMIT_EXCEEDED";
            case INTERNAL_SERVER_ERROR -> "INTERNAL_ERROR";
            default -> status.name();
        };
    }
}
