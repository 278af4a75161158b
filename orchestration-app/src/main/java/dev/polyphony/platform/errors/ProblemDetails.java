package dev.polyphony.platform.errors;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polyphony.shared.Rejection.Parameter;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * RFC 9457, for those who accept {@code application/problem+json}.
 *
 * @param type a URN of the problem
 * @param title the status in words
 * @param status the HTTP status
 * @param detail what was wrong and what to do, in a sentence
 * @param code the published code, such as {@code INVALID_PARAMETER}
 * @param parameter the input that was wrong; absent when none was
 * @param details what else the error says; absent when that is nothing
 * @param requestId the request's id, under which the log tells more
 * @param timestamp when it was answered
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProblemDetails(
        URI type,
        String title,
        int status,
        String detail,
        String code,
        @Nullable Parameter parameter,
        @Nullable ErrorDetails details,
        String requestId,
        Instant timestamp) {
    static ProblemDetails of(ApiError error, String requestId, Instant now) {
        String code = error.codeOrStatus();
        return new ProblemDetails(
                URI.create(
                        "urn:polyphony:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-')),
                error.status().getReasonPhrase(),
                error.status().value(),
                error.message(),
                code,
                error.parameter(),
                error.more(),
                requestId,
                now);
    }
}
