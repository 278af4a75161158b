package dev.polyphony.platform.errors;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polyphony.shared.Rejection.Parameter;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** RFC 9457, for those who accept {@code application/problem+json}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProblemBody(
        URI type,
        String title,
        int status,
        String detail,
        String code,
        @Nullable Parameter parameter,
        String requestId,
        Instant timestamp) {
    static ProblemBody of(ApiError error, String requestId, Instant now) {
        String code = error.codeOrStatus();
        return new ProblemBody(
                URI.create(
                        "urn:polyphony:problem:" + code.toLowerCase(Locale.ROOT).replace('_', '-')),
                error.status().getReasonPhrase(),
                error.status().value(),
                error.message(),
                code,
                error.parameter(),
                requestId,
                now);
    }
}
