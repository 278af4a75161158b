package dev.polyphony.platform.errors;

import dev.polyphony.eventstore.log.LogUnavailable;
import dev.polyphony.platform.web.RequestIdFilter;
import dev.polyphony.shared.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** The one place that turns what went wrong into HTTP. */
@RestControllerAdvice
class RejectionAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOGGER = LoggerFactory.getLogger(RejectionAdvice.class);
    private static final SampledLog UNAVAILABLE = new SampledLog(LOGGER);
    private static final SampledLog CUT_OFF = new SampledLog(LOGGER);
    private static final SampledLog BUGS = new SampledLog(LOGGER);

    private final ErrorResponder errors;

    RejectionAdvice(ErrorResponder errors) {
        this.errors = errors;
    }

    @ExceptionHandler
    ResponseEntity<Object> rejected(Rejection rejection, HttpServletRequest request) {
        return errors.entity(ApiError.of(rejection), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> wrongType(MethodArgumentTypeMismatchException mismatch, HttpServletRequest request) {
        Class<?> type = mismatch.getRequiredType();
        String expected = type == null ? "another type" : RequestErrors.nameOf(type);
        return errors.entity(
                ApiError.invalid(mismatch.getName(), String.valueOf(mismatch.getValue()), expected), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> historyUnavailable(LogUnavailable failure, HttpServletRequest request) {
        UNAVAILABLE.warn("{}", String.valueOf(failure.getMessage()));
        return errors.entity(DatabaseUnavailable.error(failure), request);
    }

    @ExceptionHandler
    ResponseEntity<Object> unexpected(Exception failure, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (failure instanceof AuthenticationException || failure instanceof AccessDeniedException) {
            throw failure;
        }
        if (response.isCommitted()) {
            // An error body would look like more of the answer. Thrown on, the failure makes Tomcat cut the connection.
            CUT_OFF.warn(
                    "{} {} was cut off in the middle: {}", request.getMethod(), endpoint(request), failure.toString());
            throw failure;
        }
        ApiError unreadable = UnreadableRequest.of(failure);
        if (unreadable != null) {
            return errors.entity(unreadable, request);
        }
        if (DatabaseUnavailable.isBehind(failure)) {
            UNAVAILABLE.warn("the database does not answer: {}", String.valueOf(failure.getMessage()));
            return errors.entity(DatabaseUnavailable.error(HttpMethod.GET.matches(request.getMethod())), request);
        }
        BUGS.error("{} {} failed", request.getMethod(), endpoint(request), failure);
        return errors.entity(bug(request), request);
    }

    /** Its pattern: the path itself may hold anything. */
    private static Object endpoint(HttpServletRequest request) {
        return Objects.requireNonNullElse(
                request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE), "(no endpoint)");
    }

    private static ApiError bug(HttpServletRequest request) {
        return ApiError.of(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "The server failed on this request. Its log tells more under request id " + RequestIdFilter.of(request)
                        + ".");
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return errors.entity(RequestErrors.error(unreadable), servlet(request));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return errors.entity(RequestErrors.error(invalid), servlet(request));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException missing,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return errors.entity(
                ApiError.invalid(missing.getParameterName(), null, missing.getParameterType()), servlet(request));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException missing, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return errors.entity(noEndpoint(servlet(request)), servlet(request));
    }

    private static ApiError noEndpoint(HttpServletRequest request) {
        return ApiError.of(
                HttpStatus.NOT_FOUND,
                "There is no endpoint " + request.getMethod() + " " + request.getRequestURI()
                        + "; /docs lists those that there are.");
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException mismatch, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = mismatch.getPropertyName() == null ? "parameter" : mismatch.getPropertyName();
        Class<?> type = mismatch.getRequiredType();
        String expected = type == null ? "another type" : RequestErrors.nameOf(type);
        return errors.entity(ApiError.invalid(name, String.valueOf(mismatch.getValue()), expected), servlet(request));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String detail =
                failure instanceof ErrorResponse response ? response.getBody().getDetail() : null;
        HttpStatus known = HttpStatus.valueOf(status.value());
        String message = detail == null ? known.getReasonPhrase() : detail;
        ResponseEntity<Object> entity = errors.entity(ApiError.of(known, message), servlet(request));
        HttpHeaders all = new HttpHeaders(headers);
        all.putAll(entity.getHeaders());
        return new ResponseEntity<>(entity.getBody(), all, known);
    }

    private static HttpServletRequest servlet(WebRequest request) {
        return ((ServletWebRequest) request).getRequest();
    }
}
