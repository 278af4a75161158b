package dev.polyphony.observability.automation;

import dev.polyphony.providers.ModelAttempt;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/**
 * Records every call of a model as a span of OpenTelemetry's conventions for generative AI, below the span of the request. A
 * provider's message about a failure may quote people and is left out.
 */
public final class AttemptSpans {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Tracer tracer;

    public AttemptSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    /** A call that has ended. */
    void record(String operation, ModelAttempt attempt) {
        Span.Builder span = tracer.spanBuilder()
                .name(operation + " " + attempt.model())
                .kind(Span.Kind.CLIENT)
                .startTimestamp(micros(attempt.startedAt()), TimeUnit.MICROSECONDS)
                .tag("gen_ai.operation.name", operation)
                .tag("gen_ai.provider.name", attempt.provider())
                .tag("gen_ai.request.model", attempt.model());
        if (attempt.inputTokens() != null) {
            span.tag("gen_ai.usage.input_tokens", attempt.inputTokens().longValue());
        }
        if (attempt.outputTokens() != null) {
            span.tag("gen_ai.usage.output_tokens", attempt.outputTokens().longValue());
        }
        if (attempt.firstToken() != null) {
            span.tag("gen_ai.response.time_to_first_chunk", attempt.firstToken().toNanos() / NANOS_PER_SECOND);
        }
        if (attempt.httpStatus() != null) {
            span.tag("http.response.status_code", attempt.httpStatus().longValue());
        }
        if (!attempt.outcome().equals(ModelAttempt.OK)) {
            span.tag("error.type", attempt.outcome()).error(new Failed(attempt.outcome()));
        }
        span.start().end(micros(attempt.startedAt().plus(attempt.duration())), TimeUnit.MICROSECONDS);
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** A span fails by an exception; its stack trace would be meaningless. */
    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String outcome) {
            super(outcome, null, false, false);
        }
    }
}
