package dev.polyphony.providers.resilience;

import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.management.ProviderSettings;
import dev.polyphony.providers.management.ProviderView.Circuit;
import dev.polyphony.providers.management.ProviderView.CircuitState;
import dev.polyphony.providers.resilience.Admission.Refusal;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One provider, asked only when it is well, within its limits and not cooling down. It never waits. */
public final class GuardedProvider {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedProvider.class);
    private static final int ALL = 100;
    private static final Duration LONGER_THAN_ANY_CALL = Duration.ofDays(2);

    private final ModelProvider provider;
    private final ProviderLimits rules;
    private final Clock clock;
    private final Bulkhead bulkhead;
    private final CircuitBreaker breaker;
    private final @Nullable TokenBucket requests;
    private final @Nullable TokenBucket tokens;
    private final Measurements measurements;
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private volatile ProviderSettings settings;
    private volatile @Nullable Instant openUntil;
    private volatile @Nullable CoolDown coolDown;

    /**
     * A time in which the provider is not asked, because it refused.
     *
     * @param why the words of its refusal
     * @param rateLimited whether it limited our rate, and not our key, quota or model
     */
    public record CoolDown(Instant until, String why, boolean rateLimited) {}

    public GuardedProvider(
            ModelProvider provider, ProviderSettings settings, ProviderLimits rules, Clock clock, LongSupplier nanos) {
        this.provider = provider;
        this.settings = settings;
        this.rules = rules;
        this.clock = clock;
        this.bulkhead = Bulkhead.of(
                provider.name(),
                BulkheadConfig.custom()
                        .maxConcurrentCalls(rules.limits().concurrentCalls())
                        .maxWaitDuration(Duration.ZERO)
                        .build());
        this.breaker = breaker(provider.name(), rules.circuit(), clock);
        this.requests = limit(rules.limits().requestsPerMinute(), nanos);
        this.tokens = limit(rules.limits().tokensPerMinute(), nanos);
        this.measurements = new Measurements(nanos);
        breaker.getEventPublisher()
                .onStateTransition(event -> moved(event.getStateTransition().getToState()));
    }

    /**
     * Opens after so many failures in a row, which is when all of the last so many calls failed. A reply that took long is none:
     * without the last setting, replies of more than a minute would open it too.
     */
    private static CircuitBreaker breaker(String name, ProviderLimits.Circuit circuit, Clock clock) {
        return CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindow(circuit.failures(), circuit.failures(), SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(ALL)
                        .waitDurationInOpenState(circuit.openFor())
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .clock(clock)
                        .slowCallDurationThreshold(LONGER_THAN_ANY_CALL)
                        .build());
    }

    private static @Nullable TokenBucket limit(@Nullable Integer perMinute, LongSupplier nanos) {
        return perMinute == null ? null : new TokenBucket(perMinute, nanos);
    }

    public String name() {
        return provider.name();
    }

    public ModelProvider provider() {
        return provider;
    }

    public ProviderLimits rules() {
        return rules;
    }

    public ProviderSettings settings() {
        return settings;
    }

    public Measurements measurements() {
        return measurements;
    }

    /** Calls at this moment. */
    public int running() {
        Bulkhead.Metrics metrics = bulkhead.getMetrics();
        return metrics.getMaxAllowedConcurrentCalls() - metrics.getAvailableConcurrentCalls();
    }

    /** What keeps it from being asked because it refused; null when nothing does. */
    public @Nullable CoolDown coolDown() {
        CoolDown current = coolDown;
        return current == null || !clock.instant().isBefore(current.until()) ? null : current;
    }

    /** Whether our own limits are used up. */
    public boolean isUsedUp() {
        return (requests != null && requests.isUsedUp()) || (tokens != null && tokens.isUsedUp());
    }

    public Circuit circuit() {
        Measurements.Totals totals = measurements.totals();
        CircuitState state = switch (breaker.getState()) {
            case OPEN -> CircuitState.OPEN;
            case HALF_OPEN -> CircuitState.HALF_OPEN;
            default -> CircuitState.CLOSED;
        };
        return new Circuit(
                state,
                failuresInARow.get(),
                totals.failures(),
                totals.successes(),
                totals.lastFailureAt(),
                state == CircuitState.OPEN ? openUntil : null);
    }

    /** Being enabled anew forgets what kept it from being asked. */
    public void apply(ProviderSettings changed) {
        if (changed.enabled() && !settings.enabled()) {
            coolDown = null;
            failuresInARow.set(0);
            breaker.reset();
        }
        settings = changed;
    }

    /**
     * Whether a call may be made now. A permit has to be closed.
     *
     * @param estimatedTokens how many the call may cost
     */
    public Admission enter(int estimatedTokens) {
        CoolDown cooling = coolDown();
        if (cooling != null) {
            return new Refusal(
                    "skipped-cooling-down",
                    "%s is left alone until %s: %s".formatted(name(), told(cooling.until()), cooling.why()),
                    cooling.until());
        }
        if (!breaker.tryAcquirePermission()) {
            return circuitOpen();
        }
        CallPermit permit = new CallPermit(this, estimatedTokens, breaker.getState() == State.HALF_OPEN);
        Refusal full = full(estimatedTokens);
        if (full != null) {
            saidNothing(permit);
            return full;
        }
        measurements.began(clock.instant());
        return permit;
    }

    private Refusal circuitOpen() {
        Instant until = breaker.getState() == State.OPEN ? openUntil : null;
        return new Refusal(
                "skipped-circuit-open",
                until == null
                        ? "%s failed too often; one call is finding out whether it is well again".formatted(name())
                        : "%s is left alone until %s, because it failed %d times in a row"
                                .formatted(name(), told(until), failuresInARow.get()),
                until);
    }

    private @Nullable Refusal full(int estimatedTokens) {
        if (!bulkhead.tryAcquirePermission()) {
            return new Refusal(
                    "skipped-full",
                    "%s already has %d calls at once"
                            .formatted(name(), rules.limits().concurrentCalls()),
                    null);
        }
        Duration wait = requests == null ? null : requests.take(1);
        if (wait != null) {
            bulkhead.releasePermission();
            return usedUp(rules.limits().requestsPerMinute(), "requests", wait);
        }
        wait = tokens == null ? null : tokens.take(estimatedTokens);
        if (wait != null) {
            if (requests != null) {
                requests.correct(1);
            }
            bulkhead.releasePermission();
            return usedUp(rules.limits().tokensPerMinute(), "tokens", wait);
        }
        return null;
    }

    private Refusal usedUp(@Nullable Integer perMinute, String what, Duration wait) {
        return new Refusal(
                "skipped-rate-limit",
                "the %d %s a minute that %s may have are used up".formatted(perMinute, what, name()),
                clock.instant().plus(wait));
    }

    void succeeded(CallPermit permit, ModelAttempt attempt) {
        if (counts(permit)) {
            failuresInARow.set(0);
            breaker.onSuccess(attempt.duration().toNanos(), TimeUnit.NANOSECONDS);
        }
        ended(attempt, true, permit.estimatedTokens());
    }

    void failed(CallPermit permit, ModelAttempt attempt, ProviderFailure failure, Duration given) {
        FailureVerdict verdict = FailureVerdict.of(failure, rules.coolDowns(), given, settings.timeout());
        if (!verdict.breaksCircuit()) {
            saidNothing(permit);
        } else if (counts(permit)) {
            failuresInARow.incrementAndGet();
            breaker.onError(attempt.duration().toNanos(), TimeUnit.NANOSECONDS, failure);
        }
        Duration pause = failure.retryAfter() == null ? verdict.coolFor() : failure.retryAfter();
        if (pause != null && verdict.coolFor() != null) {
            leaveAlone(pause, failure);
        }
        ended(attempt, verdict.counts(), permit.estimatedTokens());
    }

    /** Of two refusals the one that lasts longer counts. */
    private synchronized void leaveAlone(Duration pause, ProviderFailure failure) {
        Instant until = clock.instant().plus(pause);
        CoolDown current = coolDown;
        if (current == null || current.until().isBefore(until)) {
            coolDown = new CoolDown(
                    until,
                    String.valueOf(failure.getMessage()),
                    failure.problem().retryable());
            LOG.warn("{} is left alone for {}: {}", name(), pause, failure.getMessage());
        }
    }

    private void ended(ModelAttempt attempt, boolean counts, int estimatedTokens) {
        measurements.ended(attempt, counts);
        if (tokens != null && attempt.inputTokens() != null && attempt.outputTokens() != null) {
            tokens.correct(estimatedTokens - attempt.inputTokens() - attempt.outputTokens());
        }
    }

    void left(CallPermit permit, boolean told) {
        bulkhead.releasePermission();
        if (!told) {
            saidNothing(permit);
        }
    }

    /** While one call finds out whether the provider is well again, others that began long before have no say. */
    private boolean counts(CallPermit permit) {
        return permit.isProbe() || breaker.getState() != State.HALF_OPEN;
    }

    private void saidNothing(CallPermit permit) {
        if (permit.isProbe()) {
            breaker.releasePermission();
        }
    }

    private void moved(State state) {
        openUntil = state == State.OPEN ? clock.instant().plus(rules.circuit().openFor()) : null;
        if (state == State.OPEN) {
            LOG.warn(
                    "{} is left alone for {} after {} failures in a row",
                    name(),
                    rules.circuit().openFor(),
                    failuresInARow);
        }
    }

    /** Seconds are enough for people. */
    private static Instant told(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
