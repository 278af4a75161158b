package dev.polyphony.observability.automation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.providers.Embeddings;
import dev.polyphony.providers.FinishReason;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.RouteOptions;
import dev.polyphony.providers.chat.ChatMessage;
import dev.polyphony.providers.chat.ReplyListener;
import dev.polyphony.providers.chat.Sampling;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeteredRouterTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ModelRequest REQUEST =
            ModelRequest.of(List.of(new ChatMessage.User("Hello?")), Sampling.DEFAULT, MINUTE);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final Tracer tracer = tracer(exported);
    private final ModelRouter router =
            new MeteredRouter(new Fixed(), meters, new AttemptSpans(tracer), new RememberedCalls());

    @Test
    void measuresEveryCallAndItsTokens() {
        router.route(REQUEST, RouteOptions.within(MINUTE));

        assertThat(meters.get("gen_ai.client.operation.duration")
                        .tags("gen_ai.provider.name", "second", "gen_ai.operation.name", "chat", "error.type", "none")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(40);
        assertThat(meters.get("gen_ai.client.operation.duration")
                        .tags("gen_ai.provider.name", "first", "error.type", "provider-failed")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("gen_ai.client.token.usage")
                        .tags("gen_ai.token.type", "output", "gen_ai.request.model", "m")
                        .summary()
                        .totalAmount())
                .isEqualTo(7);
    }

    @Test
    void doesNotMeasureAProviderThatWasNotCalled() {
        router.route(REQUEST, RouteOptions.within(MINUTE));

        assertThat(meters.find("gen_ai.client.operation.duration")
                        .tag("gen_ai.provider.name", "skipped")
                        .timer())
                .isNull();
    }

    @Test
    void tellsTracingOfEveryCallBelowTheSpanOfTheRequest() {
        Span request =
                tracer.nextSpan().name("POST /openai/v1/chat/completions").start();
        try (Tracer.SpanInScope _ = tracer.withSpan(request)) {
            router.route(REQUEST, RouteOptions.within(MINUTE));
        }
        request.end();

        List<SpanData> spans = exported.getFinishedSpanItems();
        assertThat(spans)
                .extracting(SpanData::getName)
                .containsExactly("chat m", "chat m", "POST /openai/v1/chat/completions");
        assertThat(spans.subList(0, 2)).allSatisfy(span -> {
            assertThat(span.getParentSpanId()).isEqualTo(request.context().spanId());
            assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
            assertThat(span.getEndEpochNanos() - span.getStartEpochNanos()).isEqualTo(40_000_000);
        });
        Attributes failed = spans.getFirst().getAttributes();
        assertThat(failed.get(AttributeKey.stringKey("gen_ai.provider.name"))).isEqualTo("first");
        assertThat(failed.get(AttributeKey.stringKey("error.type"))).isEqualTo("provider-failed");
        assertThat(spans.getFirst().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        Attributes answered = spans.get(1).getAttributes();
        assertThat(answered.get(AttributeKey.stringKey("gen_ai.operation.name")))
                .isEqualTo("chat");
        assertThat(answered.get(AttributeKey.stringKey("gen_ai.request.model"))).isEqualTo("m");
        assertThat(answered.get(AttributeKey.longKey("gen_ai.usage.output_tokens")))
                .isEqualTo(7);
        assertThat(answered.get(AttributeKey.stringKey("error.type"))).isNull();
    }

    private static Tracer tracer(InMemorySpanExporter exporter) {
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                .build();
        return new OtelTracer(provider.get("test"), new OtelCurrentTraceContext(), _ -> {});
    }

    private static final class Fixed implements ModelRouter {
        @Override
        public Routed<ModelReply> route(ModelRequest request, RouteOptions options) {
            return new Answered<>(
                    new ModelReply("Hi.", List.of(), "m", FinishReason.STOP, null),
                    "second",
                    List.of(
                            attempt("skipped", "skipped-circuit-open", null),
                            attempt("first", "provider-failed", null),
                            attempt("second", ModelAttempt.OK, 7)));
        }

        private static ModelAttempt attempt(String provider, String outcome, @Nullable Integer tokens) {
            return new ModelAttempt(
                    provider,
                    "m",
                    Instant.ofEpochSecond(1),
                    Duration.ofMillis(40),
                    outcome,
                    null,
                    null,
                    null,
                    tokens,
                    tokens,
                    null);
        }

        @Override
        public Routed<ModelReply> route(ModelRequest request, RouteOptions options, ReplyListener listener) {
            return route(request, options);
        }

        @Override
        public Routed<Embeddings> embed(List<String> texts, RouteOptions options) {
            return new Unanswered<>(ProviderProblem.AI_PROVIDER_UNAVAILABLE, "nobody", null, List.of());
        }

        @Override
        public List<String> providers() {
            return List.of("first", "second");
        }
    }
}
