package dev.polyphony.observability.automation;

import dev.polyphony.providers.Embeddings;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.providers.RouteOptions;
import dev.polyphony.providers.chat.ReplyListener;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures and traces every call that the router makes under the names of OpenTelemetry's conventions for generative AI, with the
 * buckets that they advise. A provider that was passed over was not called and is not measured.
 */
public final class MeteredRouter implements ModelRouter {
    private static final int DURATION_BUCKETS = 14;
    private static final long FIRST_DURATION_BUCKET_MILLIS = 10;
    private static final int TOKEN_BUCKETS = 14;
    private static final double TOKEN_BUCKET_FACTOR = 4;
    private static final Duration[] DURATIONS = Stream.iterate(
                    Duration.ofMillis(FIRST_DURATION_BUCKET_MILLIS), last -> last.multipliedBy(2))
            .limit(DURATION_BUCKETS)
            .toArray(Duration[]::new);
    private static final double[] TOKENS = DoubleStream.iterate(1, last -> last * TOKEN_BUCKET_FACTOR)
            .limit(TOKEN_BUCKETS)
            .toArray();

    private final ModelRouter router;
    private final MeterRegistry meters;
    private final AttemptSpans spans;
    private final RememberedCalls calls;

    public MeteredRouter(ModelRouter router, MeterRegistry meters, AttemptSpans spans, RememberedCalls calls) {
        this.router = router;
        this.meters = meters;
        this.spans = spans;
        this.calls = calls;
    }

    @Override
    public Routed<ModelReply> route(ModelRequest request, RouteOptions options) {
        return measured("chat", options, router.route(request, options));
    }

    @Override
    public Routed<ModelReply> route(ModelRequest request, RouteOptions options, ReplyListener listener) {
        return measured("chat", options, router.route(request, options, listener));
    }

    @Override
    public Routed<Embeddings> embed(List<String> texts, RouteOptions options) {
        return measured("embeddings", options, router.embed(texts, options));
    }

    @Override
    public List<String> providers() {
        return router.providers();
    }

    private <T> Routed<T> measured(String operation, RouteOptions options, Routed<T> routed) {
        routed.attempts().forEach(attempt -> calls.remember(options.spender(), attempt));
        routed.attempts().stream().filter(ModelAttempt::made).forEach(attempt -> {
            measure(operation, attempt);
            spans.record(operation, attempt);
        });
        return routed;
    }

    private void measure(String operation, ModelAttempt attempt) {
        Tags tags = Tags.of(
                "gen_ai.operation.name", operation,
                "gen_ai.provider.name", attempt.provider(),
                "gen_ai.request.model", attempt.model());
        String error = attempt.outcome().equals(ModelAttempt.OK) ? "none" : attempt.outcome();
        Timer.builder("gen_ai.client.operation.duration")
                .description("How long a call of a model took")
                .tags(tags.and("error.type", error))
                .serviceLevelObjectives(DURATIONS)
                .register(meters)
                .record(attempt.duration());
        count(tags, "input", attempt.inputTokens());
        count(tags, "output", attempt.outputTokens());
    }

    private void count(Tags tags, String type, @Nullable Integer tokens) {
        if (tokens != null) {
            DistributionSummary.builder("gen_ai.client.token.usage")
                    .description("Tokens of a call, as the provider counts them")
                    .tags(tags.and("gen_ai.token.type", type))
                    .serviceLevelObjectives(TOKENS)
                    .register(meters)
                    .record(tokens);
        }
    }
}
