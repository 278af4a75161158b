package dev.polyphony.platform.errors;

import dev.polyphony.shared.Problem;
import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.Rejection.Parameter;
import dev.polyphony.shared.secrets.SecretDetector;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * An error before it takes the form of an {@link ApiDialect}.
 *
 * @param code the published code; null when the status says it all
 * @param parameter the input that was wrong; null when none was
 * @param retryAfter when it is worth trying again; null when that is not known
 * @param more details of another kind; null when there are none
 */
public record ApiError(
        HttpStatus status,
        @Nullable String code,
        String message,
        @Nullable Parameter parameter,
        @Nullable Duration retryAfter,
        @Nullable Record more) {
    public ApiError(
            HttpStatus status,
            @Nullable String code,
            String message,
            @Nullable Parameter parameter,
            @Nullable Duration retryAfter) {
        this(status, code, message, parameter, retryAfter, null);
    }

    public static ApiError of(HttpStatus status, String message) {
        return new ApiError(status, null, message, null, null);
    }

    public static ApiError of(Rejection rejection) {
        return new ApiError(
                status(rejection),
                rejection.problem().name(),
                String.valueOf(rejection.getMessage()),
                rejection.parameter(),
                rejection.retryAfter(),
                rejection.details());
    }

    static ApiError invalid(String parameter, @Nullable String provided, String expected) {
        String message = provided == null
                ? "'" + parameter + "' is required: " + expected
                : "'" + parameter + "' must be " + expected + ", not '" + provided + "'";
        return new ApiError(HttpStatus.BAD_REQUEST, null, message, new Parameter(parameter, provided, expected), null);
    }

    /** @param message says it all, so that the other two only repeat it for programs */
    public static ApiError invalid(String parameter, @Nullable String provided, String message, String expected) {
        return new ApiError(HttpStatus.BAD_REQUEST, null, message, new Parameter(parameter, provided, expected), null);
    }

    /** The same, and when it is worth trying again. */
    public ApiError retryAfter(Duration pause) {
        return new ApiError(status, code, message, parameter, pause, more);
    }

    /** The same, and with these details. */
    public ApiError with(Record details) {
        return new ApiError(status, code, message, parameter, retryAfter, details);
    }

    /** The same without secrets: an error may repeat what it was sent, or what a vendor said. */
    ApiError masked() {
        SecretDetector secrets = SecretDetector.standard();
        Parameter clean = parameter == null
                ? null
                : new Parameter(
                        secrets.masked(parameter.parameter()),
                        parameter.provided() == null ? null : secrets.masked(parameter.provided()),
                        parameter.expected());
        return new ApiError(status, code, secrets.masked(message), clean, retryAfter, more);
    }

    /** What programs are told beside the sentence; null when that is nothing. */
    @Nullable
    public Object details() {
        return more == null ? parameter : more;
    }

    /** The published code, or the one that stands for the status. */
    public String codeOrStatus() {
        if (code != null) {
            return code;
        }
        return switch (status) {
            case BAD_REQUEST -> parameter == null ? "INVALID_REQUEST" : "INVALID_PARAMETER";
            case INTERNAL_SERVER_ERROR -> "INTERNAL_ERROR";
            case TOO_MANY_REQUESTS -> "RATE_LIMITED";
            default -> status.name();
        };
    }

    private static HttpStatus status(Rejection rejection) {
        HttpStatus passedOn =
                rejection.passedOnStatus() == null ? null : HttpStatus.resolve(rejection.passedOnStatus());
        return passedOn == null ? status(rejection.problem().kind()) : passedOn;
    }

    private static HttpStatus status(Problem.Kind kind) {
        return switch (kind) {
            case INVALID -> HttpStatus.BAD_REQUEST;
            case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case EXHAUSTED -> HttpStatus.TOO_MANY_REQUESTS;
            case UNSUPPORTED -> HttpStatus.NOT_IMPLEMENTED;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }
}
