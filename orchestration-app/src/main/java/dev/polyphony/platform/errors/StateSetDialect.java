package dev.polyphony.platform.errors;

import dev.polyphony.shared.Rejection.Parameter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** {@code /}: StateSet, and whatever has no dialect of its own. */
@Component
final class StateSetDialect implements ApiDialect {
    /**
     * An error in the form of StateSet.
     *
     * @param error the kind of error, such as {@code ValidationError}
     * @param message what was wrong and what to do, in a sentence
     * @param details the field that was wrong, as {@code field}, {@code provided} and {@code reason}, or what the error
     *     says; null when there are none
     * @param timestamp when it was answered
     * @param requestId the request's id, under which the log tells more
     */
    record StateSetError(
            String error, String message, @Nullable Object details, Instant timestamp, String requestId) {}

    /**
     * The field that was wrong.
     *
     * @param field its name
     * @param provided what it held; null when it was missing or too long to show
     * @param reason what was expected
     */
    record StateSetErrorDetails(String field, @Nullable String provided, String reason) {
        static StateSetErrorDetails of(Parameter parameter) {
            return new StateSetErrorDetails(
                    parameter.parameter(), parameter.provided(), "expected " + parameter.expected());
        }
    }

    @Override
    public String basePath() {
        return "/";
    }

    @Override
    public Object body(ApiError error, String requestId, Instant now) {
        Parameter parameter = error.parameter();
        Object details =
                parameter == null || error.more() != null ? error.details() : StateSetErrorDetails.of(parameter);
        return new StateSetError(type(error.status()), error.message(), details, now, requestId);
    }

    private static String type(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> "ValidationError";
            case TOO_MANY_REQUESTS -> "RateLimitError";
            case INTERNAL_SERVER_ERROR -> "InternalError";
            default -> status.getReasonPhrase().replaceAll("[^A-Za-z]", "") + "Error";
        };
    }
}
