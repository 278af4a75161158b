package dev.polyphony.platform.errors;

import dev.polyphony.platform.web.RequestIdFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers with an error in the form that the request's base path and Accept header want. */
@Component
public class ErrorResponder {
    private final JsonMapper json;
    private final Clock clock;

    ErrorResponder(JsonMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    ResponseEntity<Object> entity(Fault fault, HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        boolean problem = wantsProblem(request);
        headers.setContentType(problem ? MediaType.APPLICATION_PROBLEM_JSON : MediaType.APPLICATION_JSON);
        if (fault.retryAfter() != null) {
            headers.set(
                    HttpHeaders.RETRY_AFTER, String.valueOf(fault.retryAfter().toSeconds()));
        }
        String requestId = RequestIdFilter.of(request);
        ErrorBody body = problem
                ? ErrorBody.problem(fault, requestId, clock.instant())
                : ErrorBody.of(fault, request.getRequestURI(), requestId, clock.instant());
        return new ResponseEntity<>(body, headers, fault.status());
    }

    public void unauthenticated(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        String message = reason instanceof InvalidBearerTokenException
                ? String.valueOf(reason.getMessage())
                : "Authentication required. Send an API key as 'X-API-Key: <key>' or 'Authorization: Bearer <key>'.";
        write(Fault.of(HttpStatus.UNAUTHORIZED, message), request, response);
    }

    public void forbidden(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
            throws IOException {
        write(
                Fault.of(HttpStatus.FORBIDDEN, "This API key may not do that: it needs the role admin."),
                request,
                response);
    }

    void write(Fault fault, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ResponseEntity<Object> entity = entity(fault, request);
        response.setStatus(fault.status().value());
        entity.getHeaders().forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getOutputStream().write(json.writeValueAsBytes(entity.getBody()));
    }

    private static boolean wantsProblem(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    }
}
