package dev.polyphony.providers.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.config.ProviderKind;
import dev.polyphony.providers.config.ProviderLimits;
import dev.polyphony.providers.contract.FakeProvider;
import dev.polyphony.providers.contract.FakeTime;
import dev.polyphony.providers.contract.ProviderConfigs;
import dev.polyphony.providers.management.ProviderSettings;
import dev.polyphony.providers.management.ProviderView.CircuitState;
import dev.polyphony.providers.management.ProviderView.Limits;
import dev.polyphony.providers.resilience.Admission.Denied;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class GuardedProviderTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final ProviderSettings ON = new ProviderSettings(1, TIMEOUT, true, 2);
    private static final ProviderSettings OFF = new ProviderSettings(1, TIMEOUT, false, 2);

    private final FakeTime time = new FakeTime();
    private GuardedProvider provider = limited(new Limits(3, null, null));

    @Test
    void opensTheCircuitAtTheFifthFailureInARow() {
        fail(4, ProviderProblem.PROVIDER_FAILED);
        succeed();
        fail(4, ProviderProblem.PROVIDER_STALLED);
        assertThat(provider.circuit().state()).isEqualTo(CircuitState.CLOSED);

        fail(1, ProviderProblem.PROVIDER_UNREACHABLE);

        Instant tenMinutesLater = time.instant().plus(Duration.ofMinutes(10));
        assertThat(provider.circuit().state()).isEqualTo(CircuitState.OPEN);
        assertThat(provider.circuit().failuresInARow()).isEqualTo(5);
        assertThat(provider.circuit().nextAttemptAt()).isEqualTo(tenMinutesLater);
        assertThat(provider.tryAcquire(0)).isInstanceOfSatisfying(Denied.class, denied -> {
            assertThat(denied.outcome()).isEqualTo("skipped-circuit-open");
            assertThat(denied.until()).isEqualTo(tenMinutesLater);
        });
    }

    @Test
    void letsExactlyOneOfManyThreadsProbe() throws InterruptedException {
        open();
        time.pass(Duration.ofMinutes(10).plusMillis(1));

        Queue<Admission> entries = enterFromManyThreads(64);

        assertThat(entries).filteredOn(CallPermit.class::isInstance).hasSize(1);
        assertThat(provider.circuit().state()).isEqualTo(CircuitState.HALF_OPEN);
    }

    @Test
    void closesTheCircuitWhenTheProbeSucceedsAndOpensItAgainWhenItFails() {
        open();
        time.pass(Duration.ofMinutes(10).plusMillis(1));
        fail(1, ProviderProblem.PROVIDER_FAILED);
        assertThat(provider.circuit().state()).isEqualTo(CircuitState.OPEN);
        assertThat(provider.circuit().nextAttemptAt()).isEqualTo(time.instant().plus(Duration.ofMinutes(10)));
        assertThat(provider.tryAcquire(0)).isInstanceOf(Denied.class);

        time.pass(Duration.ofMinutes(10).plusMillis(1));
        succeed();
        assertThat(provider.circuit().state()).isEqualTo(CircuitState.CLOSED);
        assertThat(provider.circuit().failuresInARow()).isZero();
        assertThat(provider.circuit().nextAttemptAt()).isNull();
    }

    @Test
    void givesTheProbeBackWhenItSaidNothingAboutTheProvider() {
        open();
        time.pass(Duration.ofMinutes(10).plusMillis(1));
        permit().close();
        fail(1, ProviderProblem.PROVIDER_CALL_CANCELLED);
        fail(1, ProviderProblem.CONTENT_REFUSED);

        assertThat(provider.tryAcquire(0)).isInstanceOf(CallPermit.class);
    }

    @Test
    void letsOnlyTheProbeDecide() {
        CallPermit old = permit();
        CallPermit older = permit();
        open();
        time.pass(Duration.ofMinutes(10).plusMillis(1));
        CallPermit probe = permit();

        old.close();
        assertThat(provider.tryAcquire(0)).as("a second probe").isInstanceOf(Denied.class);
        older.succeeded(attempt(ModelAttempt.OK, null, null));
        assertThat(provider.circuit().state()).isEqualTo(CircuitState.HALF_OPEN);

        probe.succeeded(attempt(ModelAttempt.OK, null, null));
        assertThat(provider.circuit().state()).isEqualTo(CircuitState.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {
                "PROVIDER_REQUEST_INVALID",
                "CONTENT_REFUSED",
                "CONTEXT_WINDOW_EXCEEDED",
                "PROVIDER_LACKS_CAPABILITY",
                "PROVIDER_CALL_CANCELLED"
            })
    void doesNotBlameTheProviderForTheRequest(ProviderProblem problem) {
        fail(20, problem);

        assertThat(provider.circuit().state()).isEqualTo(CircuitState.CLOSED);
        assertThat(provider.measurements().totals().calls()).isEqualTo(20);
        assertThat(provider.measurements().totals().failures()).isZero();
        assertThat(provider.measurements().recent().successRate()).isNull();
    }

    @Test
    void blamesTheProviderForATimeoutOnlyWhenItHadFairTime() {
        for (int i = 0; i < 9; i++) {
            tell(ProviderProblem.PROVIDER_TIMED_OUT.because("late"), Duration.ofSeconds(9));
        }
        assertThat(provider.circuit().failures()).isZero();

        for (int i = 0; i < 5; i++) {
            tell(ProviderProblem.PROVIDER_TIMED_OUT.because("late"), Duration.ofSeconds(10));
        }
        assertThat(provider.circuit().state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void coolsDownForTheTimeThatTheVendorNamed() {
        tell(ProviderProblem.PROVIDER_RATE_LIMITED.because("slow down").answered(429, Duration.ofSeconds(7)), TIMEOUT);

        assertThat(denied().outcome()).isEqualTo("skipped-cooling-down");
        assertThat(denied().until()).isEqualTo(time.instant().plusSeconds(7));
        assertThat(denied().reason()).contains("its vendor limits our rate").doesNotContain("slow down");
        time.pass(Duration.ofSeconds(7));
        assertThat(provider.tryAcquire(0)).isInstanceOf(CallPermit.class);
    }

    @Test
    void coolsDownForTheLongerOfTwoTimes() {
        CallPermit late = permit();
        fail(1, ProviderProblem.PROVIDER_RATE_LIMITED);
        late.failed(
                attempt("provider-rate-limited", null, null),
                ProviderProblem.PROVIDER_RATE_LIMITED.because("slow down").answered(429, Duration.ofSeconds(1)),
                TIMEOUT);

        assertThat(denied().until()).isEqualTo(time.instant().plus(Duration.ofSeconds(5)));
    }

    @Test
    void coolsDownForUsualTimesWhenTheVendorNamedNone() {
        fail(1, ProviderProblem.PROVIDER_RATE_LIMITED);
        assertThat(denied().until()).isEqualTo(time.instant().plus(Duration.ofSeconds(5)));
        time.pass(Duration.ofSeconds(5));

        for (ProviderProblem problem :
                List.of(ProviderProblem.PROVIDER_REFUSED_KEY, ProviderProblem.PROVIDER_QUOTA_EXHAUSTED)) {
            fail(1, problem);
            assertThat(denied().until()).isEqualTo(time.instant().plus(Duration.ofMinutes(30)));
            time.pass(Duration.ofMinutes(30));
        }
        assertThat(provider.circuit().state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void doesNotOpenTheCircuitOfAProviderThatLimitsOurRate() {
        for (int i = 0; i < 9; i++) {
            fail(1, ProviderProblem.PROVIDER_RATE_LIMITED);
            time.pass(Duration.ofMinutes(5));
        }

        assertThat(provider.circuit().state()).isEqualTo(CircuitState.CLOSED);
        assertThat(provider.measurements().totals().failures()).isEqualTo(9);
    }

    @Test
    void letsNoMoreCallsThroughAtOnceThanAreAllowed() throws InterruptedException {
        Queue<Admission> entries = enterFromManyThreads(32);

        assertThat(entries).filteredOn(CallPermit.class::isInstance).hasSize(3);
        assertThat(provider.running()).isEqualTo(3);
        assertThat(denied().outcome()).isEqualTo("skipped-full");
        entries.stream()
                .filter(CallPermit.class::isInstance)
                .map(CallPermit.class::cast)
                .forEach(permit -> {
                    permit.close();
                    permit.close();
                });
        assertThat(provider.running()).isZero();
    }

    @Test
    void keepsToTheRequestsOfAMinute() {
        provider = limited(new Limits(9, 2, null));
        succeed();
        succeed();

        assertThat(denied().outcome()).isEqualTo("skipped-rate-limit");
        assertThat(denied().until()).isEqualTo(time.instant().plusSeconds(30));
        assertThat(provider.isUsedUp()).isTrue();
        assertThat(provider.running()).isZero();
        time.pass(Duration.ofSeconds(30));
        succeed();
    }

    @Test
    void keepsToTheTokensOfAMinuteAsTheVendorCountsThem() {
        provider = limited(new Limits(9, 100, 1000));
        try (CallPermit permit = permit(10)) {
            permit.succeeded(attempt(ModelAttempt.OK, 800, 700));
        }

        assertThat(denied().outcome()).as("500 in debt").isEqualTo("skipped-rate-limit");
        assertThat(denied().until()).isEqualTo(time.instant().plusSeconds(30));
        time.pass(Duration.ofSeconds(36));
        assertThat(provider.tryAcquire(101)).isInstanceOf(Denied.class);
        assertThat(provider.tryAcquire(100)).isInstanceOf(CallPermit.class);
    }

    @Test
    void takesNoRequestFromTheMinuteThatItDoesNotLetThrough() {
        provider = limited(new Limits(9, 2, 10));
        permit(10).close();
        IntStream.range(0, 9).forEach(_ -> assertThat(provider.tryAcquire(5)).isInstanceOf(Denied.class));
        time.pass(Duration.ofMinutes(1));

        permit(5).close();
        permit(5).close();
    }

    @Test
    void forgetsWhatKeptItAwayWhenItIsEnabledAnew() {
        open();
        provider.apply(OFF);
        provider.apply(ON);
        assertThat(provider.circuit().state()).isEqualTo(CircuitState.CLOSED);

        fail(1, ProviderProblem.PROVIDER_REFUSED_KEY);
        provider.apply(ON);
        assertThat(provider.tryAcquire(0)).isInstanceOf(Denied.class);
        provider.apply(OFF);
        provider.apply(ON);
        assertThat(provider.tryAcquire(0)).isInstanceOf(CallPermit.class);
    }

    private GuardedProvider limited(Limits limits) {
        ProviderLimits all = new ProviderLimits(
                ProviderLimits.Circuit.DEFAULT, ProviderLimits.CoolDowns.DEFAULT, limits, null, null);
        return new GuardedProvider(
                new FakeProvider("fake", (_, _) -> FakeProvider.FINE),
                ProviderConfigs.guarded("fake", ProviderKind.OPENAI, ON, all, null),
                time,
                time::nanos);
    }

    private Queue<Admission> enterFromManyThreads(int threads) throws InterruptedException {
        Queue<Admission> entries = new ConcurrentLinkedQueue<>();
        CountDownLatch ready = new CountDownLatch(threads);
        List<Thread> all = IntStream.range(0, threads)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> {
                    ready.countDown();
                    try {
                        ready.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    entries.add(provider.tryAcquire(0));
                }))
                .toList();
        for (Thread thread : all) {
            thread.join();
        }
        assertThat(entries).hasSize(threads);
        return entries;
    }

    private void open() {
        fail(5, ProviderProblem.PROVIDER_FAILED);
        assertThat(provider.circuit().state()).isEqualTo(CircuitState.OPEN);
    }

    private void succeed() {
        try (CallPermit permit = permit()) {
            permit.succeeded(attempt(ModelAttempt.OK, null, null));
        }
    }

    private void fail(int times, ProviderProblem problem) {
        for (int i = 0; i < times; i++) {
            tell(problem.because("a test wants it"), TIMEOUT);
        }
    }

    private void tell(ProviderFailure failure, Duration allowed) {
        try (CallPermit permit = permit()) {
            permit.failed(attempt(failure.problem().slug(), null, null), failure, allowed);
        }
    }

    private CallPermit permit() {
        return permit(0);
    }

    private CallPermit permit(int tokens) {
        Admission entry = provider.tryAcquire(tokens);
        assertThat(entry).isInstanceOf(CallPermit.class);
        return (CallPermit) entry;
    }

    private Denied denied() {
        Admission entry = provider.tryAcquire(0);
        assertThat(entry).isInstanceOf(Denied.class);
        return (Denied) entry;
    }

    private ModelAttempt attempt(String outcome, @Nullable Integer input, @Nullable Integer output) {
        return new ModelAttempt(
                "fake",
                "fake-model",
                time.instant(),
                Duration.ofSeconds(1),
                outcome,
                null,
                null,
                null,
                input,
                output,
                null);
    }

    @Test
    void doesNotTakeLongRepliesForFailures() {
        for (int i = 0; i < 10; i++) {
            try (CallPermit permit = permit()) {
                permit.succeeded(slow());
            }
        }

        assertThat(provider.circuit().state()).isEqualTo(CircuitState.CLOSED);
    }

    private ModelAttempt slow() {
        return ModelAttempt.ok("test", "model", time.instant(), Duration.ofMinutes(9));
    }
}
