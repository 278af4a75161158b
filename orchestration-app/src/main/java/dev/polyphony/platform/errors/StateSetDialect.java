package dev.polyphony.platform.errors;

import dev.polyphony.shared.Rejection.Parameter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** {@code /}: StateSet, and whatever has no dialect of its own. */
@Component
final class StateSetDialect implements ApiDialect {
    record Body(String error, String message, @Nullable FieldError details, Instant timestamp, String requestId) {}

    record FieldError(String field, @Nullable String provided, String reason) {
        static FieldError of(Parameter parameter) {
            return new FieldError(parameter.parameter(), parameter.provided(), "expected " + parameter.expected());
        }
    }

    @Override
    public String basePath() {
        return "/";
    }

    @Override
    public Object body(ApiError error, String requestId, Instant now) {
        Parameter parameter = error.parameter();
        FieldError details = parameter == null ? null : FieldError.of(parameter);
        return new Body(type(error.status()), error.message(), details, now, requestId);
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
