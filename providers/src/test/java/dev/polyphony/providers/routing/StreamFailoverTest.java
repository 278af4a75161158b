package dev.polyphony.providers.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRouter.Answered;
import dev.polyphony.providers.ModelRouter.Routed;
import dev.polyphony.providers.ModelRouter.Unanswered;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.RouteOptions;
import dev.polyphony.providers.RoutingStrategy;
import dev.polyphony.providers.config.ConfigResolver;
import dev.polyphony.providers.config.ProviderCatalogue;
import dev.polyphony.providers.config.ProviderLimits;
import dev.polyphony.providers.config.ProviderProperties;
import dev.polyphony.providers.contract.PlainHttp;
import dev.polyphony.providers.contract.RecordingListener;
import dev.polyphony.providers.management.ProviderView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams over real connections to two servers, of which the first fails. */
class StreamFailoverTest {
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String ERROR = "{\"error\": {\"message\": \"broken\", \"type\": \"server_error\"}}";

    private final PlainHttp http = new PlainHttp();
    private final RecordingListener heard = new RecordingListener();
    private final RouteOptions options =
            RouteOptions.within(Duration.ofSeconds(30)).only(Set.of("first", "second"));
    private LocalVendor first;
    private LocalVendor second;
    private ProviderRegistry registry;

    @BeforeEach
    void start() throws IOException {
        first = new LocalVendor("first");
        second = new LocalVendor("second");
        registry = registry(LONG);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        http.close();
    }

    static Stream<Arguments> failuresBeforeTheFirstToken() {
        return Stream.of(
                failure("status 503", "provider-failed", LocalVendor::down),
                failure("an empty stream", "provider-reply-empty", () -> LocalVendor.events("")),
                failure(
                        "an end without a token or a reason",
                        "provider-reply-empty",
                        () -> LocalVendor.events(LocalVendor.begin() + LocalVendor.event("[DONE]"))),
                failure(
                        "broken JSON",
                        "provider-reply-malformed",
                        () -> LocalVendor.events(LocalVendor.begin() + LocalVendor.event("{\"choices\": [{"))),
                failure(
                        "an error event",
                        "provider-failed",
                        () -> LocalVendor.events(LocalVendor.begin() + LocalVendor.event(ERROR))),
                failure(
                        "silence",
                        "provider-first-token-timed-out",
                        () -> LocalVendor.silentAfter(LocalVendor.begin())),
                failure("a server that hangs", "provider-first-token-timed-out", LocalVendor::silent),
                failure(
                        "a lost connection",
                        "provider-unreachable",
                        () -> new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failuresBeforeTheFirstToken")
    void movesOnUnseen(String what, String outcome, Supplier<MockResponse.Builder> answer) {
        registry = registry(outcome.endsWith("timed-out") ? SHORT : LONG);
        first.answers(answer);
        second.answers(() -> LocalVendor.stream("Hel", "lo"));

        Answered<ModelReply> answered = (Answered<ModelReply>) route();

        assertThat(heard.pieces()).as(what).containsExactly("Hel", "lo");
        assertThat(answered.reply().text()).isEqualTo("Hello");
        assertThat(answered.attempts())
                .extracting(ModelAttempt::provider, ModelAttempt::outcome)
                .containsExactly(tuple("first", outcome), tuple("second", "ok"));
        assertThat(answered.attempts().getFirst().firstToken()).isNull();
        assertThat(answered.attempts().getLast())
                .satisfies(attempt -> assertThat(attempt.firstToken()).isPositive())
                .satisfies(attempt -> assertThat(attempt.inputTokens()).isEqualTo(31))
                .satisfies(attempt -> assertThat(attempt.outputTokens()).isEqualTo(7));
        assertThat(view("first").circuit().failuresInARow()).isEqualTo(1);
    }

    static Stream<Arguments> failuresAfterTheFirstToken() {
        String begin = LocalVendor.begin("Hel");
        return Stream.of(
                failure("no terminator", "provider-stream-broken", () -> LocalVendor.events(begin)),
                failure(
                        "broken JSON",
                        "provider-reply-malformed",
                        () -> LocalVendor.events(begin + LocalVendor.event("{\"choices\": [{"))),
                failure(
                        "an error event",
                        "provider-failed",
                        () -> LocalVendor.events(begin + LocalVendor.event(ERROR))),
                failure("silence", "provider-stalled", () -> LocalVendor.silentAfter(begin)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failuresAfterTheFirstToken")
    void saysThatAReplyBrokeOffAndAsksNobodyElse(String what, String outcome, Supplier<MockResponse.Builder> answer) {
        registry = registry(outcome.equals("provider-stalled") ? SHORT : LONG);
        first.answers(answer);

        Unanswered<ModelReply> unanswered = (Unanswered<ModelReply>) route();

        assertThat(heard.pieces()).as(what).containsExactly("Hel");
        assertThat(unanswered.problem().slug()).isEqualTo(outcome);
        assertThat(unanswered.reason()).contains("a part of the reply had been told");
        assertThat(unanswered.attempts()).hasSize(1);
        assertThat(unanswered.attempts().getFirst().firstToken()).isPositive();
        assertThat(second.requests()).isZero();
        assertThat(view("first").circuit().failuresInARow()).isEqualTo(1);
    }

    @Test
    void letsTheListenersExceptionThroughAndGivesThePermitBack() {
        first.answers(() -> LocalVendor.silentAfter(LocalVendor.begin("Hel")));

        assertThatThrownBy(() -> router(false).route(RouterExamples.REQUEST, options, new RecordingListener() {
                    @Override
                    public void onText(String piece) {
                        throw new IllegalStateException("the caller hung up");
                    }
                }))
                .hasMessage("the caller hung up");
        await().until(() -> view("first").measured().running() == 0);
        assertThat(view("first").circuit().failures()).isZero();
        assertThat(second.requests()).isZero();
    }

    @Test
    void isCancelledInTheMiddleByAnInterrupt() throws Exception {
        first.answers(() -> LocalVendor.silentAfter(LocalVendor.begin("Hel")));
        FutureTask<Routed<ModelReply>> routed = new FutureTask<>(this::route);
        Thread caller = Thread.ofVirtual().start(routed);
        await().until(() -> !heard.pieces().isEmpty());

        caller.interrupt();
        caller.join();

        assertThat(((Unanswered<ModelReply>) routed.get()).problem())
                .isEqualTo(ProviderProblem.PROVIDER_CALL_CANCELLED);
        await().until(() -> view("first").measured().running() == 0);
        assertThat(second.requests()).isZero();
    }

    @Test
    void doesNotLetASilentStreamUseUpAShortDeadline() {
        first.answers(() -> LocalVendor.silentAfter(LocalVendor.begin()));
        second.answers(() -> LocalVendor.stream("Hel", "lo"));
        RouteOptions hurried = RouteOptions.within(Duration.ofSeconds(2)).only(options.allowed());

        Routed<ModelReply> routed = router(false).route(RouterExamples.REQUEST, hurried, heard);

        assertThat(heard.text()).isEqualTo("Hello");
        assertThat(routed.attempts())
                .extracting(ModelAttempt::outcome)
                .containsExactly("provider-call-cancelled", "ok");
    }

    @Test
    void tellsAStreamWithALongDeadlineLikewise() {
        second.answers(() -> LocalVendor.stream("Hel", "lo"));
        first.answers(LocalVendor::down);
        RouteOptions patient = RouteOptions.within(Duration.ofHours(1)).only(options.allowed());

        assertThat(router(false).route(RouterExamples.REQUEST, patient, heard)).isInstanceOf(Answered.class);
        assertThat(heard.pieces()).containsExactly("Hel", "lo");
    }

    @Test
    void asksASecondProviderWhenTheFirstIsSlowerThanUsual() {
        warmUp(false);
        first.answers(LocalVendor::silent);

        Answered<ModelReply> answered = (Answered<ModelReply>) router(true).route(RouterExamples.REQUEST, options);

        assertThat(answered.provider()).isEqualTo("second");
        assertThat(answered.attempts())
                .extracting(ModelAttempt::provider, ModelAttempt::outcome)
                .containsExactly(tuple("first", "provider-call-cancelled"), tuple("second", "ok"));
        await().until(() -> view("first").measured().running() == 0);
        assertThat(view("first").circuit().failures()).isZero();
    }

    @Test
    void tellsAStreamOfTheFasterOneOnly() {
        warmUp(true);
        first.answers(() -> LocalVendor.silentAfter(LocalVendor.begin()));
        second.answers(() -> LocalVendor.stream("Hel", "lo"));

        Routed<ModelReply> routed = router(true).route(RouterExamples.REQUEST, options, heard);

        assertThat(heard.text()).isEqualTo("Hello");
        assertThat(routed.attempts())
                .extracting(ModelAttempt::outcome)
                .containsExactly("provider-call-cancelled", "ok");
        await().until(() -> view("first").measured().running() == 0);
    }

    @Test
    void saysThatTheFasterOfTwoBrokeOff() {
        warmUp(true);
        first.answers(() -> LocalVendor.silentAfter(LocalVendor.begin()));
        second.answers(() -> LocalVendor.events(LocalVendor.begin("Hel")));

        Unanswered<ModelReply> unanswered =
                (Unanswered<ModelReply>) router(true).route(RouterExamples.REQUEST, options, heard);

        assertThat(unanswered.problem()).isEqualTo(ProviderProblem.PROVIDER_STREAM_BROKEN);
        assertThat(heard.text()).isEqualTo("Hel");
        await().until(() ->
                view("first").measured().running() + view("second").measured().running() == 0);
    }

    @Test
    void cancelsBothWhenTheCallerIsInterrupted() throws Exception {
        warmUp(false);
        first.answers(LocalVendor::silent);
        second.answers(LocalVendor::silent);
        FutureTask<Routed<ModelReply>> routed =
                new FutureTask<>(() -> router(true).route(RouterExamples.REQUEST, options));
        Thread caller = Thread.ofVirtual().start(routed);
        await().until(() -> view("second").measured().running() == 1);

        caller.interrupt();
        caller.join();

        assertThat(((Unanswered<ModelReply>) routed.get()).problem())
                .isEqualTo(ProviderProblem.PROVIDER_CALL_CANCELLED);
        assertThat(routed.get().attempts()).hasSize(2);
        await().until(() ->
                view("first").measured().running() + view("second").measured().running() == 0);
    }

    @Test
    void asksNobodyElseWhileAProviderIsAsFastAsUsual() {
        assertThat(router(true).route(RouterExamples.REQUEST, options)).isInstanceOf(Answered.class);

        assertThat(second.requests()).as("nothing was measured before").isZero();
    }

    /** Measures the first provider. */
    private void warmUp(boolean streamed) {
        first.answers(() -> streamed ? LocalVendor.stream("Hel", "lo") : LocalVendor.whole("fine"));
        for (int i = 0; i < 20; i++) {
            Routed<ModelReply> routed = streamed
                    ? router(false).route(RouterExamples.REQUEST, options, new RecordingListener())
                    : router(false).route(RouterExamples.REQUEST, options);
            assertThat(routed).isInstanceOf(Answered.class);
        }
        assertThat(second.requests()).isZero();
    }

    private Routed<ModelReply> route() {
        return router(false).route(RouterExamples.REQUEST, options, heard);
    }

    private FailoverRouter router(boolean hedged) {
        return new FailoverRouter(registry, hedged, TimeSource.of(Clock.systemUTC()));
    }

    private ProviderView view(String name) {
        return registry.find(name).orElseThrow();
    }

    private ProviderRegistry registry(Duration idle) {
        ConfigResolver resolver = new ConfigResolver(ProviderCatalogue.empty(), _ -> null, ProviderLimits.DEFAULT);
        Map<String, ProviderProperties> configured = new LinkedHashMap<>();
        configured.put(first.name(), first.properties(idle));
        configured.put(second.name(), second.properties(LONG));
        return new ProviderRegistry(
                new ProviderFactory(http.client(), (_, _) -> {}, Path.of("none"), resolver).from(configured),
                RoutingStrategy.PRIORITY,
                TimeSource.of(Clock.systemUTC()));
    }

    private static Arguments failure(String what, String outcome, Supplier<MockResponse.Builder> answer) {
        return Arguments.of(what, outcome, answer);
    }
}
