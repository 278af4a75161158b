package dev.polyphony.providers.routing;

import static dev.polyphony.providers.contract.FakeProvider.FINE;
import static dev.polyphony.providers.routing.RouterExamples.OPTIONS;
import static dev.polyphony.providers.routing.RouterExamples.REQUEST;
import static dev.polyphony.providers.routing.RouterExamples.failing;
import static dev.polyphony.providers.routing.RouterExamples.outcomes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.polyphony.outbound.OutboundProblem;
import dev.polyphony.providers.Capability;
import dev.polyphony.providers.Embeddings;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ModelRouter.Answered;
import dev.polyphony.providers.ModelRouter.Routed;
import dev.polyphony.providers.ModelRouter.Unanswered;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.RouteOptions;
import dev.polyphony.providers.TokenUsage;
import dev.polyphony.providers.chat.ReplyListener;
import dev.polyphony.providers.config.ProviderLimits.Price;
import dev.polyphony.providers.contract.FakeProvider;
import dev.polyphony.providers.contract.FakeTime;
import dev.polyphony.providers.contract.RecordingListener;
import dev.polyphony.providers.routing.RouterExamples.Special;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailoverRouterTest {
    private static final Special RETRIED = Special.NOTHING.retried(2);

    private final RouterExamples all = new RouterExamples();

    @AfterEach
    void clearTheInterrupt() {
        assertThat(Thread.interrupted())
                .as("a test left its thread interrupted")
                .isFalse();
    }

    @Test
    void asksTheLowestPriorityNumberFirst() {
        all.add(new FakeProvider("first", all::fine));
        FakeProvider second = all.add(new FakeProvider("second", all::fine));

        Answered<ModelReply> answered = answered(all.router());

        assertThat(answered.provider()).isEqualTo("first");
        assertThat(answered.reply()).isEqualTo(FINE);
        assertThat(answered.attempts())
                .containsExactly(new ModelAttempt(
                        "first",
                        "first-model",
                        FakeTime.START,
                        Duration.ofSeconds(1),
                        ModelAttempt.OK,
                        null,
                        null,
                        null,
                        31,
                        7,
                        null));
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void movesOnAtOnceAndTellsWhatEachAttemptTookAndCost() {
        Price price = new Price(new BigDecimal("0.27"), new BigDecimal("1.10"));
        all.add(
                new FakeProvider("down", (_, _) -> {
                    all.clock.pass(Duration.ofSeconds(2));
                    throw ProviderProblem.REPLY_NOT_BY_SCHEMA
                            .because("down: no JSON")
                            .answered(200, null)
                            .afterSpending(new TokenUsage(100, 10));
                }),
                RETRIED.costing(price));
        all.add(new FakeProvider("up", all::fine), Special.NOTHING.costing(price));

        Answered<ModelReply> answered = answered(all.router());

        assertThat(answered.provider()).isEqualTo("up");
        assertThat(answered.attempts())
                .extracting(ModelAttempt::outcome, ModelAttempt::httpStatus, ModelAttempt::duration)
                .containsExactly(
                        tuple("reply-not-by-schema", 200, Duration.ofSeconds(2)),
                        tuple("ok", null, Duration.ofSeconds(1)));
        assertThat(answered.attempts())
                .extracting(ModelAttempt::cost)
                .containsExactly(new BigDecimal("0.000038"), new BigDecimal("0.00001607"));
        assertThat(all.pauses).isEmpty();
    }

    @Test
    void countsABugAsAFailure() {
        all.add(failing("buggy", () -> new IllegalStateException("oops")));
        all.add(failing("alien", () -> OutboundProblem.URL_INVALID.because("not a provider's problem")));
        all.add(new FakeProvider("unloadable", (_, _) -> {
            throw new UnsatisfiedLinkError("no such library");
        }));
        all.add(new FakeProvider("up", all::fine));

        assertThat(outcomes(all.router()))
                .containsExactly("provider-failed", "provider-failed", "provider-failed", "ok");
    }

    @Test
    void asksEverybodyElseBeforeItAsksAnybodyAgain() {
        FakeProvider flaky = all.add(scripted("flaky", ProviderProblem.PROVIDER_FAILED.because("flaky: 503")), RETRIED);
        all.add(failing("other", () -> ProviderProblem.PROVIDER_FAILED.because("other: 503")));

        Answered<ModelReply> answered = answered(all.router());

        assertThat(answered.attempts()).extracting(ModelAttempt::provider).containsExactly("flaky", "other", "flaky");
        assertThat(flaky.asked()).hasSize(2);
        assertThat(all.pauses)
                .as("a pause is made only when nobody else is there")
                .containsExactly(Duration.ofMillis(500));
    }

    @Test
    void asksAgainOnlyWhatMayHelpAndOnlySoOften() {
        FakeProvider down = all.add(failing("down", () -> ProviderProblem.PROVIDER_FAILED.because("503")), RETRIED);
        FakeProvider keyless =
                all.add(failing("keyless", () -> ProviderProblem.PROVIDER_REFUSED_KEY.because("401")), RETRIED);

        Unanswered<ModelReply> unanswered = unanswered(all.router());

        assertThat(down.asked()).hasSize(3);
        assertThat(keyless.asked()).hasSize(1);
        assertThat(all.pauses).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(unanswered.problem()).isEqualTo(ProviderProblem.AI_PROVIDER_UNAVAILABLE);
        assertThat(unanswered.reason()).contains("503 (provider-failed)", "401 (provider-refused-key)");
        assertThat(unanswered.retryAfter()).as("exhausted retries").isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void waitsAsLongAsTheVendorAsksWhenNobodyElseIsThere() {
        all.add(
                scripted(
                        "busy",
                        ProviderProblem.PROVIDER_RATE_LIMITED.because("429").answered(429, Duration.ofSeconds(7))),
                RETRIED);

        assertThat(outcomes(all.router())).containsExactly("provider-rate-limited", "ok");
        assertThat(all.pauses).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void doesNotWaitBeyondTheDeadline() {
        FakeProvider busy = all.add(
                failing(
                        "busy",
                        () -> ProviderProblem.PROVIDER_RATE_LIMITED
                                .because("429")
                                .answered(429, Duration.ofSeconds(60))),
                RETRIED);

        Unanswered<ModelReply> unanswered = unanswered(all.router());

        assertThat(all.pauses).isEmpty();
        assertThat(busy.asked()).hasSize(1);
        assertThat(unanswered.retryAfter()).isEqualTo(Duration.ofSeconds(60));
        assertThat(unanswered.failure().retryAfter()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void holdsNoPermitWhileItPauses() {
        FailoverRouter[] router = new FailoverRouter[1];
        ProviderRegistry[] registry = new ProviderRegistry[1];
        FakeProvider flaky =
                all.add(scripted("flaky", ProviderProblem.PROVIDER_FAILED.because("503")), RETRIED.limited(1));
        registry[0] = all.registry();
        TimeSource watched = new TimeSource(
                all.clock,
                all.clock::nanos,
                _ -> assertThat(registry[0]
                                .find("flaky")
                                .orElseThrow()
                                .measured()
                                .running())
                        .isZero(),
                () -> 1);
        router[0] = new FailoverRouter(registry[0], false, watched);

        assertThat(outcomes(router[0])).containsExactly("provider-failed", "ok");
        assertThat(flaky.asked()).hasSize(2);
    }

    @Test
    void givesLaterProvidersWhatIsLeftOfTheTime() {
        FakeProvider slow = all.add(new FakeProvider("slow", (request, _) -> all.timeOutAfter(request.timeout())));
        FakeProvider slower = all.add(new FakeProvider("slower", (_, _) -> all.timeOutAfter(Duration.ofSeconds(10))));
        FakeProvider last = all.add(new FakeProvider("last", all::fine));

        assertThat(outcomes(all.router())).containsExactly("provider-timed-out", "provider-timed-out", "ok");
        assertThat(List.of(slow, slower, last))
                .extracting(provider -> provider.asked().getFirst().timeout())
                .containsExactly(Duration.ofSeconds(45), Duration.ofMillis(11_250), Duration.ofSeconds(5));
    }

    @Test
    void cutsAnAttemptByTheProvidersOwnTimeout() {
        FakeProvider only = all.add(new FakeProvider("only", all::fine));
        ModelRequest patient = REQUEST.withTimeout(Duration.ofMinutes(30));

        all.router().route(patient, RouteOptions.within(Duration.ofHours(1)));

        assertThat(only.asked().getFirst().timeout()).isEqualTo(RouterExamples.TIMEOUT);
    }

    @Test
    void stopsWhenTheTimeIsUp() {
        all.add(new FakeProvider("overrunning", (_, _) -> all.timeOutAfter(Duration.ofSeconds(61))));
        FakeProvider never = all.add(new FakeProvider("never", all::fine));

        Unanswered<ModelReply> unanswered = unanswered(all.router());

        assertThat(never.asked()).isEmpty();
        assertThat(unanswered.problem()).isEqualTo(ProviderProblem.PROVIDER_TIMED_OUT);
        assertThat(unanswered.reason()).contains("no time was left for never");
    }

    @Test
    void makesVectorsLikewise() {
        all.add(failing("down", () -> ProviderProblem.PROVIDER_UNREACHABLE.because("down")));
        all.add(new FakeProvider("mute", all::fine, EnumSet.noneOf(Capability.class)));
        all.add(new FakeProvider("up", all::fine));

        Answered<Embeddings> answered = (Answered<Embeddings>) all.router().embed(List.of("a text"), OPTIONS);

        assertThat(answered.attempts())
                .extracting(ModelAttempt::outcome)
                .containsExactly("provider-unreachable", "skipped-capability", "ok");
        assertThat(answered.attempts().getLast().inputTokens()).isEqualTo(12);
    }

    @Test
    void endsWhenItsThreadIsInterruptedAndLeavesItSo() {
        all.add(failing("cancelled", () -> ProviderProblem.PROVIDER_CALL_CANCELLED.because("interrupted")));
        FakeProvider never = all.add(new FakeProvider("never", all::fine));

        assertThat(unanswered(all.router()).problem()).isEqualTo(ProviderProblem.PROVIDER_CALL_CANCELLED);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(never.asked()).isEmpty();

        Thread.currentThread().interrupt();
        assertThat(unanswered(all.router()).attempts()).isEmpty();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void endsWhenItsThreadIsInterruptedInAPause() {
        FakeProvider down = all.add(failing("down", () -> ProviderProblem.PROVIDER_FAILED.because("503")), RETRIED);
        TimeSource interrupted = new TimeSource(
                all.clock,
                all.clock::nanos,
                _ -> {
                    throw new InterruptedException();
                },
                () -> 1);

        Routed<ModelReply> routed = new FailoverRouter(all.registry(), false, interrupted).route(REQUEST, OPTIONS);

        assertThat(((Unanswered<ModelReply>) routed).problem()).isEqualTo(ProviderProblem.PROVIDER_CALL_CANCELLED);
        assertThat(down.asked()).hasSize(1);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void givesEveryPermitBack() {
        Deque<Throwable> thrown = new ArrayDeque<>(List.of(
                ProviderProblem.PROVIDER_FAILED.because("503"),
                ProviderProblem.CONTENT_REFUSED.because("no"),
                new IllegalStateException("a bug"),
                new UnsatisfiedLinkError("a library"),
                new StackOverflowError("an error of this process")));
        all.add(
                new FakeProvider("one", (_, listener) -> {
                    Throwable next = thrown.poll();
                    if (next instanceof RuntimeException e) {
                        throw e;
                    }
                    if (next instanceof Error e) {
                        throw e;
                    }
                    listener.onText("piece");
                    return FINE;
                }),
                Special.NOTHING.limited(1));
        ProviderRegistry registry = all.registry();
        FailoverRouter router = new FailoverRouter(registry, false, all.time);

        for (int i = 0; i < 4; i++) {
            assertThat(router.route(REQUEST, OPTIONS)).isInstanceOf(Unanswered.class);
        }
        assertThatThrownBy(() -> router.route(REQUEST, OPTIONS)).isInstanceOf(StackOverflowError.class);
        assertThatThrownBy(() -> router.route(REQUEST, OPTIONS, new RecordingListener() {
                    @Override
                    public void onText(String piece) {
                        throw new IllegalStateException("the caller hung up");
                    }
                }))
                .hasMessage("the caller hung up");
        assertThat(registry.find("one").orElseThrow().measured().running()).isZero();
        assertThat(registry.find("one").orElseThrow().circuit().failures()).isEqualTo(3);
        assertThat(outcomes(router)).containsExactly("ok");
    }

    private Answered<ModelReply> answered(FailoverRouter router) {
        return (Answered<ModelReply>) router.route(REQUEST, OPTIONS);
    }

    private Unanswered<ModelReply> unanswered(FailoverRouter router) {
        return (Unanswered<ModelReply>) router.route(REQUEST, OPTIONS);
    }

    /** Fails once and is well afterwards. */
    private FakeProvider scripted(String name, ProviderFailure once) {
        Deque<ProviderFailure> failures = new ArrayDeque<>(List.of(once));
        BiFunction<ModelRequest, ReplyListener, ModelReply> answer = (request, listener) -> {
            ProviderFailure failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
            return all.fine(request, listener);
        };
        return new FakeProvider(name, answer);
    }
}
