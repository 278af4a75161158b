package dev.polyphony.providers.resilience;

import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
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
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One provider, asked only when it is well, within its limits and not cooling down. */
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
    private final FailureStreak streak;
    private final CoolDownTimer coolDown;
    private volatile ProviderSettings settings;
    private volatile @Nullable Instant openUntil;

    public GuardedProvider(ModelProvider provider, ProviderConfig config, Clock clock, LongSupplier nanos) {
        this.provider = provider;
        this.config = config;
        this.settings = config.settings();
        this.clock = clock;
        this.limiter = new CallLimiter(
                provider.name(),
                config.limits().rates(),
                config.limits().queue().places(),
                clock,
                nanos);
        this.coolDown = new CoolDownTimer(provider.name(), config.limits().coolDowns(), clock);
        this.streak = new FailureStreak(config.limits().circuit().failures());
        this.breaker = breaker(provider.name(), config.limits().circuit(), clock);
        this.measurements = new Measurements(nanos);
        breaker.getEventPublisher()
                .onStateTransition(
                        event -> onTransition(event.getStateTransition().getToState()));
    }

    /** It is opened by {@link FailureStreak}; a reply that took long opens it never, which needs the last setting. */
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
        return coolDown.current();
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
                streak.failures(),
                totals.failures(),
                totals.successes(),
                totals.lastFailureAt(),
                state == CircuitState.OPEN ? openUntil : null);
    }

    /** Being enabled anew forgets what kept it from being asked. */
    public void apply(ProviderSettings changed) {
        if (changed.enabled() && !settings.enabled()) {
            recovered();
        }
        settings = changed;
    }

    /** It was seen to be well, or somebody says so: what kept it from being asked is forgotten. */
    public synchronized void recovered() {
        coolDown.clear();
        streak.clear();
        breaker.reset();
    }

    /** Its server answers again: an open circuit lets one call through now. */
    public synchronized void reachable() {
        if (breaker.getState() == State.OPEN) {
            breaker.transitionToHalfOpenState();
        }
    }

    /**
     * Whether a call of a request of its own, and of nobody in particular, may be made now. A permit has to be closed.
     *
     * @param estimatedTokens how many the call may cost
     */
    public Admission tryAcquire(int estimatedTokens) {
        return tryAcquire(estimatedTokens, CallOrigin.unknown());
    }

    /** The same for a caller's request, without waiting. */
    public Admission tryAcquire(int estimatedTokens, CallOrigin origin) {
        try {
            return acquire(estimatedTokens, origin, Duration.ZERO);
        } catch (InterruptedException impossible) {
            throw new IllegalStateException("nothing waited", impossible);
        }
    }

    /** @param maxWait how long it may wait for another call to end */
    public Admission acquire(int estimatedTokens, CallOrigin origin, Duration maxWait) throws InterruptedException {
        CoolDown cooling = coolDown();
        if (cooling != null) {
            return coolingDown(cooling);
        }
        if (!breaker.tryAcquirePermission()) {
            return circuitOpen();
        }
        CallPermit permit = new CallPermit(this, estimatedTokens, breaker.getState() == State.HALF_OPEN, origin);
        boolean acquired = false;
        try {
            Denied denied = limiter.acquire(origin.caller(), estimatedTokens, maxWait);
            if (denied != null) {
                return denied;
            }
            acquired = true;
        } finally {
            if (!acquired) {
                releaseProbe(permit);
            }
        }
        CoolDown meanwhile = coolDown();
        if (meanwhile != null) {
            permit.close();
            return coolingDown(meanwhile);
        }
        measurements.began(clock.instant());
        return permit;
    }

    private Denied coolingDown(CoolDown cooling) {
        return new Denied(
                "skipped-cooling-down",
                "%s is left alone until %s: %s".formatted(name(), inSeconds(cooling.until()), cooling.why()),
                cooling.until(),
                cooling.rateLimited()
                        ? ProviderProblem.PROVIDER_RATE_LIMITED
                        : ProviderProblem.AI_PROVIDER_UNAVAILABLE);
    }

    private Denied circuitOpen() {
        Instant until = breaker.getState() == State.OPEN ? openUntil : null;
        return new Denied(
                "skipped-circuit-open",
                until == null
                        ? "%s failed too often; one call is finding out whether it is well again".formatted(name())
                        : "%s is left alone until %s, because it failed %d times in a row"
                                .formatted(name(), inSeconds(until), streak.failures()),
                until,
                ProviderProblem.AI_PROVIDER_UNAVAILABLE);
    }

    void succeeded(CallPermit permit, ModelAttempt attempt) {
        if (counts(permit)) {
            answered();
            breaker.onSuccess(attempt.duration().toNanos(), TimeUnit.NANOSECONDS);
        }
        ended(attempt, true, permit.estimatedTokens());
    }

    void failed(CallPermit permit, ModelAttempt attempt, ProviderFailure failure, Duration allowed) {
        FailureEffect effect = FailureEffect.of(failure, config.limits().coolDowns(), allowed, settings.timeout());
        if (!effect.breaksCircuit()) {
            releaseProbe(permit);
        } else if (counts(permit)) {
            brokeDown(permit, attempt, failure);
        }
        if (effect.coolFor() != null) {
            coolDown.begin(effect.coolFor(), failure);
        }
        ended(attempt, effect.counts(), permit.estimatedTokens());
    }

    private synchronized void answered() {
        coolDown.answered();
        streak.clear();
    }

    /** A request that failed before says nothing new, so that a probe with it is given back. */
    private synchronized void brokeDown(CallPermit permit, ModelAttempt attempt, ProviderFailure failure) {
        boolean isNew = streak.add(permit.origin());
        if (permit.isProbe()) {
            if (isNew) {
                breaker.onError(attempt.duration().toNanos(), TimeUnit.NANOSECONDS, failure);
            } else {
                breaker.releasePermission();
            }
        } else if (streak.tells() && breaker.getState() == State.CLOSED) {
            breaker.transitionToOpenState();
        }
    }

    private void ended(ModelAttempt attempt, boolean counts, int estimatedTokens) {
        measurements.ended(attempt, counts);
        limiter.counted(attempt, estimatedTokens);
    }

    void release(CallPermit permit, boolean reported) {
        limiter.release(permit.origin().caller());
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
                    streak.failures());
        }
    }

    /** Seconds are enough for people. */
    private static Instant inSeconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
