package dev.polyphony.platform.errors;

import dev.polyphony.platform.web.RequestIdFilter;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers with an error in the form that the request's base path and Accept header want. */
@Component
public class ErrorResponder {
    private static final String EXAMPLE_ID = "0b5c8f5e-6f0e-4c3c-9d8a-2f6f1c1b7a10";
    private static final Instant EXAMPLE_TIME = Instant.parse("2026-01-31T12:00:00Z");

    private final JsonMapper json;
    private final Clock clock;
    private final List<ApiDialect> dialects;

    ErrorResponder(JsonMapper json, Clock clock, List<ApiDialect> dialects) {
        this.json = json;
        this.clock = clock;
        this.dialects = dialects.stream()
                .sorted(Comparator.comparingInt(
                                (ApiDialect dialect) -> dialect.basePath().length())
                        .reversed())
                .toList();
    }

    ResponseEntity<Object> entity(ApiError told, HttpServletRequest request) {
        ApiError error = told.masked();
        HttpHeaders headers = new HttpHeaders();
        boolean problem = wantsProblem(request);
        headers.setContentType(problem ? MediaType.APPLICATION_PROBLEM_JSON : MediaType.APPLICATION_JSON);
        if (error.status() == HttpStatus.UNAUTHORIZED) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (error.retryAfter() != null) {
            headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(seconds(error.retryAfter())));
        }
        String requestId = RequestIdFilter.of(request);
        Instant now = clock.instant();
        Object body = problem
                ? ProblemDetails.of(error, requestId, now)
                : dialect(path(request)).body(error, requestId, now);
        return new ResponseEntity<>(body, headers, error.status());
    }

    /** Rounded up: who comes a moment too early is refused again. */
    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
    }

    /** As a handler would be looked for: without parameters and empty parts. Empty when the request line could not be read. */
    private static String path(HttpServletRequest request) {
        String path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String failed
                ? failed
                : request.getRequestURI();
        return path == null
                ? ""
                : path.replaceAll(";[^/]*", "").replaceAll("/{2,}", "/").replaceAll("/(?:\\./)+", "/");
    }

    private ApiDialect dialect(String path) {
        return dialects.stream()
                .filter(dialect -> dialect.covers(path))
                .findFirst()
                .orElseGet(dialects::getLast);
    }

    /** An error as it is answered below the path, for the API's description. */
    public Object example(String path, ApiError error) {
        return dialect(path).body(error, EXAMPLE_ID, EXAMPLE_TIME);
    }

    /** The same for those who accept {@code application/problem+json}. */
    public Object problemExample(ApiError error) {
        return ProblemDetails.of(error, EXAMPLE_ID, EXAMPLE_TIME);
    }

    /** Answers somebody who did not prove who they are, in the form of the path. */
    public void unauthenticated(
            ApiError usual, AuthenticationException reason, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        write(dialect(path(request)).unauthenticated(usual, reason), request, response);
    }

    public void write(ApiError error, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ResponseEntity<Object> entity = entity(error, request);
        response.resetBuffer();
        response.setStatus(error.status().value());
        entity.getHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase(HttpHeaders.WWW_AUTHENTICATE) || !response.containsHeader(name)) {
                response.setHeader(name, String.join(", ", values));
            }
        });
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getOutputStream().write(json.writeValueAsBytes(entity.getBody()));
    }

    private static boolean wantsProblem(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    }
}
