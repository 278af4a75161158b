package dev.polyphony.providers.resilience;

import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.config.ProviderConfig;
import dev.polyphony.providers.config.ProviderLimits;
import dev.polyphony.providers.management.ProviderSettings;
import dev.polyphony.providers.management.ProviderView.Circuit;
import dev.polyphony.providers.management.ProviderView.CircuitState;
import dev.polyphony.providers.resilience.Admission.Denied;
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
    private final ProviderConfig config;
    private final Clock clock;
    private final CircuitBreaker breaker;
    private final CallLimiter limiter;
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

    public GuardedProvider(ModelProvider provider, ProviderConfig config, Clock clock, LongSupplier nanos) {
        this.provider = provider;
        this.config = config;
        this.settings = config.settings();
        this.clock = clock;
        this.limiter = new CallLimiter(provider.name(), config.limits().rates(), clock, nanos);
        this.breaker = breaker(provider.name(), config.limits().circuit(), clock);
        this.measurements = new Measurements(nanos);
        breaker.getEventPublisher()
                .onStateTransition(
                        event -> onTransition(event.getStateTransition().getToState()));
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

    public String name() {
        return provider.name();
    }

    public ModelProvider provider() {
        return provider;
    }

    public ProviderConfig config() {
        return config;
    }

    public ProviderLimits limits() {
        return config.limits();
    }

    public ProviderSettings settings() {
        return settings;
    }

    public Measurements measurements() {
        return measurements;
    }

    /** Calls at this moment. */
    public int running() {
        return limiter.running();
    }

    /** What keeps it from being asked because it refused; null when nothing does. */
    public @Nullable CoolDown coolDown() {
        CoolDown current = coolDown;
        return current == null || !clock.instant().isBefore(current.until()) ? null : current;
    }

    /** Whether our own limits are used up. */
    public boolean isUsedUp() {
        return limiter.isUsedUp();
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
    public Admission tryAcquire(int estimatedTokens) {
        CoolDown cooling = coolDown();
        if (cooling != null) {
            return new Denied(
                    "skipped-cooling-down",
                    "%s is left alone until %s: %s".formatted(name(), inSeconds(cooling.until()), cooling.why()),
                    cooling.until());
        }
        if (!breaker.tryAcquirePermission()) {
            return circuitOpen();
        }
        CallPermit permit = new CallPermit(this, estimatedTokens, breaker.getState() == State.HALF_OPEN);
        Denied denied = limiter.tryAcquire(estimatedTokens);
        if (denied != null) {
            releaseProbe(permit);
            return denied;
        }
        measurements.began(clock.instant());
        return permit;
    }

    private Denied circuitOpen() {
        Instant until = breaker.getState() == State.OPEN ? openUntil : null;
        return new Denied(
                "skipped-circuit-open",
                until == null
                        ? "%s failed too often; one call is finding out whether it is well again".formatted(name())
                        : "%s is left alone until %s, because it failed %d times in a row"
                                .formatted(name(), inSeconds(until), failuresInARow.get()),
                until);
    }

    void succeeded(CallPermit permit, ModelAttempt attempt) {
        if (counts(permit)) {
            failuresInARow.set(0);
            breaker.onSuccess(attempt.duration().toNanos(), TimeUnit.NANOSECONDS);
        }
        ended(attempt, true, permit.estimatedTokens());
    }

    void failed(CallPermit permit, ModelAttempt attempt, ProviderFailure failure, Duration allowed) {
        FailureEffect effect = FailureEffect.of(failure, config.limits().coolDowns(), allowed, settings.timeout());
        if (!effect.breaksCircuit()) {
            releaseProbe(permit);
        } else if (counts(permit)) {
            failuresInARow.incrementAndGet();
            breaker.onError(attempt.duration().toNanos(), TimeUnit.NANOSECONDS, failure);
        }
        Duration pause = failure.retryAfter() == null ? effect.coolFor() : failure.retryAfter();
        if (pause != null && effect.coolFor() != null) {
            coolDownFor(pause, failure);
        }
        ended(attempt, effect.counts(), permit.estimatedTokens());
    }

    /** Of two refusals the one that lasts longer counts. */
    private synchronized void coolDownFor(Duration pause, ProviderFailure failure) {
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
        limiter.counted(attempt, estimatedTokens);
    }

    void release(CallPermit permit, boolean reported) {
        limiter.release();
        if (!reported) {
            releaseProbe(permit);
        }
    }

    /** While one call finds out whether the provider is well again, others that began long before have no say. */
    private boolean counts(CallPermit permit) {
        return permit.isProbe() || breaker.getState() != State.HALF_OPEN;
    }

    private void releaseProbe(CallPermit permit) {
        if (permit.isProbe()) {
            breaker.releasePermission();
        }
    }

    private void onTransition(State state) {
        openUntil = state == State.OPEN
                ? clock.instant().plus(config.limits().circuit().openFor())
                : null;
        if (state == State.OPEN) {
            LOG.warn(
                    "{} is left alone for {} after {} failures in a row",
                    name(),
                    config.limits().circuit().openFor(),
                    failuresInARow);
        }
    }

    /** Seconds are enough for people. */
    private static Instant inSeconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
