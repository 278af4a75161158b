package dev.polyphony.platform.errors;

import dev.polyphony.shared.Problem;
import dev.polyphony.shared.Rejection.Parameter;
import dev.polyphony.shared.Rejection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * An error before it takes the form that the caller's document wants.
 *
 * @param code the published code; null when the status says it all
 * @param parameter the input that was wrong; null when none was
 * @param retryAfter when it is worth trying again; null when that is not known
 */
record Fault(
        HttpStatus status,
        @Nullable String code,
        String message,
        @Nullable Parameter parameter,
        @Nullable Duration retryAfter) {
    static Fault of(HttpStatus status, String message) {
        return new Fault(status, null, message, null, null);
    }

    static Fault of(Rejection rejection) {
        return new Fault(
                status(rejection.problem().kind()),
                rejection.problem().name(),
                String.valueOf(rejection.getMessage()),
                rejection.parameter(),
                rejection.retryAfter());
    }

    static Fault invalid(String parameter, @Nullable String provided, String expected) {
        String message = provided == null
                ? "'" + parameter + "' is required: " + expected
                : "'" + parameter + "' must be " + expected + ", not '" + provided + "'";
        return new Fault(HttpStatus.BAD_REQUEST, null, message, new Parameter(parameter, provided, expected), null);
    }

    Fault retryAfter(Duration pause) {
        return new Fault(status, code, message, parameter, pause);
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
