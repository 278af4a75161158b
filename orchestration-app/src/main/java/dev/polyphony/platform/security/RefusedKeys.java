package dev.polyphony.platform.security;

import dev.polyphony.platform.errors.ApiError;
import dev.polyphony.platform.errors.ErrorResponder;
import dev.polyphony.platform.security.RefusalListener.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.stereotype.Component;

/** Answers requests without valid credentials, and counts them. */
@Component
final class RefusedKeys implements AuthenticationEntryPoint {
    private final ErrorResponder errors;
    private final RefusalListener refusals;
    private final Counter missing;
    private final Counter wrong;
    private final Counter limited;

    RefusedKeys(ErrorResponder errors, RefusalListener refusals, MeterRegistry meters) {
        this.errors = errors;
        this.refusals = refusals;
        this.missing = counter("missing", meters);
        this.wrong = counter("wrong", meters);
        this.limited = counter("limited", meters);
    }

    private static Counter counter(String reason, MeterRegistry meters) {
        return Counter.builder("polyphony.authentication.failures")
                .description("Requests that were refused because their key was missing or wrong, or not looked at")
                .tag("reason", reason)
                .register(meters);
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        switch (reason) {
            case TooManyFailures tooMany -> limited(tooMany, request, response);
            case InvalidBearerTokenException invalid ->
                wrong(String.valueOf(invalid.getMessage()), reason, request, response);
            case OAuth2AuthenticationException _ -> {
                refusals.refused(Refusal.MALFORMED_CREDENTIALS);
                wrong(
                        "The Authorization header cannot be read. Send 'Authorization: Bearer <key>' once, with no"
                                + " blank in the key.",
                        reason,
                        request,
                        response);
            }
            default -> {
                missing.increment();
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
                unauthorized(
                        "Authentication required. Send an API key as 'X-API-Key: <key>' or 'Authorization: Bearer"
                                + " <key>'.",
                        reason,
                        request,
                        response);
            }
        }
    }

    private void limited(TooManyFailures tooMany, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        limited.increment();
        refusals.refused(Refusal.TOO_MANY_FAILURES);
        errors.write(
                ApiError.of(HttpStatus.TOO_MANY_REQUESTS, String.valueOf(tooMany.getMessage()))
                        .retryAfter(tooMany.retryAfter()),
                request,
                response);
    }

    /** As RFC 6750 has it: the error is named only to those who sent credentials. */
    private void wrong(
            String message, AuthenticationException reason, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        wrong.increment();
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        unauthorized(message, reason, request, response);
    }

    private void unauthorized(
            String message, AuthenticationException reason, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        errors.unauthenticated(ApiError.of(HttpStatus.UNAUTHORIZED, message), reason, request, response);
    }
}
