package dev.polyphony.platform.security;

import dev.polyphony.platform.errors.ApiError;
import dev.polyphony.platform.errors.ErrorResponder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.stereotype.Component;

/** Answers requests without valid credentials, and counts them. */
@Component
final class RefusedKeys implements AuthenticationEntryPoint {
    private final ErrorResponder errors;
    private final Counter missing;
    private final Counter wrong;
    private final Counter limited;

    RefusedKeys(ErrorResponder errors, MeterRegistry meters) {
        this.errors = errors;
        this.missing = counter("missing", meters);
        this.wrong = counter("wrong", meters);
        this.limited = counter("limited", meters);
    }

    private static Counter counter(String reason, MeterRegistry meters) {
        return Counter.builder("polyphony.authentication.failures")
                .description("Requests that were refused because their key was missing or wrong")
                .tag("reason", reason)
                .register(meters);
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        if (reason instanceof TooManyFailures tooMany) {
            limited.increment();
            errors.write(
                    ApiError.of(HttpStatus.TOO_MANY_REQUESTS, String.valueOf(tooMany.getMessage()))
                            .retryAfter(tooMany.retryAfter()),
                    request,
                    response);
            return;
        }
        if (reason instanceof OAuth2AuthenticationException) {
            wrong.increment();
        } else {
            missing.increment();
        }
        errors.unauthenticated(request, response, reason);
    }
}
