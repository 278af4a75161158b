package dev.polyphony.identity.idempotency.web;

import dev.polyphony.identity.Caller;
import dev.polyphony.identity.idempotency.Claim;
import dev.polyphony.identity.idempotency.RequestKey;
import dev.polyphony.identity.idempotency.StoredAnswer;
import dev.polyphony.identity.web.CurrentCaller;
import dev.polyphony.platform.errors.ApiError;
import dev.polyphony.platform.errors.ErrorResponder;
import dev.polyphony.platform.security.RequestHandler;
import dev.polyphony.platform.web.Idempotent;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.HandlerMethod;

/**
 * Gives a request with an {@code Idempotency-Key} that was answered before the same answer. Runs after Spring Security, which has
 * found the caller and the handler, and where a body is read within its limits.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 1)
class AnswerRepeats extends OncePerRequestFilter {
    static final String KEY = "Idempotency-Key";

    /** Says that an answer is the one of an earlier request. */
    static final String REPLAYED = "Idempotent-Replayed";

    private final AttemptedRequests requests;
    private final ErrorResponder errors;

    AnswerRepeats(AttemptedRequests requests, ErrorResponder errors) {
        this.requests = requests;
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HandlerMethod handler = RequestHandler.of(request);
        Idempotent declared = handler == null ? null : handler.getMethodAnnotation(Idempotent.class);
        Caller caller = CurrentCaller.find().orElse(null);
        List<String> keys = Collections.list(request.getHeaders(KEY));
        if (declared == null || caller == null || keys.isEmpty()) {
            chain.doFilter(request, response);
        } else if (keys.size() > 1 || !RequestKey.isValid(keys.getFirst())) {
            errors.write(invalid(keys), request, response);
        } else {
            String operation = request.getMethod() + " " + request.getServletPath();
            answer(
                    new RequestKey(caller.tenant(), operation, keys.getFirst()),
                    declared,
                    new Exchange(new RepeatableRequest(request), response, chain));
        }
    }

    private static ApiError invalid(List<String> keys) {
        String expected = "one key of 1 to 255 printable ASCII characters";
        return ApiError.invalid(
                KEY,
                null,
                "The header '%s' must be %s, such as a UUID; there are %d, the first with %d characters."
                        .formatted(KEY, expected, keys.size(), keys.getFirst().length()),
                expected);
    }

    private void answer(RequestKey key, Idempotent declared, Exchange exchange) throws ServletException, IOException {
        switch (requests.claim(key, exchange.identity())) {
            case Claim.Granted granted -> requests.attempt(granted.attempt(), exchange);
            case Claim.Answered answered -> replay(answered.answer(), exchange.response());
            case Claim.InProgress _ -> errors.write(inProgress(), exchange.request(), exchange.response());
            case Claim.OtherBody other ->
                errors.write(otherBody(key, declared, other.first()), exchange.request(), exchange.response());
        }
    }

    private static void replay(StoredAnswer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(header -> response.addHeader(header.name(), header.value()));
        response.setHeader(REPLAYED, "true");
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }

    private static ApiError inProgress() {
        return ApiError.of(
                        HttpStatus.CONFLICT,
                        "The first request with this idempotency key is still being answered. Send it again later.")
                .retryAfter(AttemptedRequests.RETRY_AFTER);
    }

    private static ApiError otherBody(RequestKey key, Idempotent declared, @Nullable StoredAnswer first) {
        return ApiError.of(
                        HttpStatus.CONFLICT,
                        "Request with this idempotency key already exists. It had another body; send this one with"
                                + " another key.")
                .with(new KeyConflict(key.key(), first == null ? null : KeyConflict.createdId(first, declared)));
    }
}
