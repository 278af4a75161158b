package dev.polyphony.providers.resilience;

import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.management.ProviderView.Limits;
import dev.polyphony.providers.resilience.Admission.Denied;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Our own limits for one provider: calls at once, and requests and tokens a minute. */
final class CallLimiter {
    /** Nobody knows when a call ends. */
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final String name;
    private final Limits limits;
    private final Clock clock;
    private final CallSlots slots;
    private final @Nullable TokenBucket requests;
    private final @Nullable TokenBucket tokens;

    /** @param places in the queue for calls that are more than are allowed at once */
    CallLimiter(String name, Limits limits, int places, Clock clock, LongSupplier nanos) {
        this.name = name;
        this.limits = limits;
        this.clock = clock;
        this.slots = new CallSlots(limits.concurrentCalls(), places);
        this.requests = bucket(limits.requestsPerMinute(), nanos);
        this.tokens = bucket(limits.tokensPerMinute(), nanos);
    }

    private static @Nullable TokenBucket bucket(@Nullable Integer perMinute, LongSupplier nanos) {
        return perMinute == null ? null : new TokenBucket(perMinute, nanos);
    }

    /**
     * Null when the call may be made; it has to be released then.
     *
     * @param maxWait how long it may wait for another call to end
     */
    @Nullable
    Denied acquire(String caller, int estimatedTokens, Duration maxWait) throws InterruptedException {
        if (!slots.take(caller, maxWait)) {
            return new Denied(
                    Denied.FULL,
                    "%s already has %d calls at once".formatted(name, limits.concurrentCalls()),
                    clock.instant().plus(COME_BACK),
                    ProviderProblem.PROVIDER_RATE_LIMITED);
        }
        Duration wait = requests == null ? null : requests.take(1);
        if (wait != null) {
            release(caller);
            return usedUp(limits.requestsPerMinute(), "requests", wait);
        }
        wait = tokens == null ? null : tokens.take(estimatedTokens);
        if (wait != null) {
            if (requests != null) {
                requests.correct(1);
            }
            release(caller);
            return usedUp(limits.tokensPerMinute(), "tokens", wait);
        }
        return null;
    }

    private Denied usedUp(@Nullable Integer perMinute, String what, Duration wait) {
        return new Denied(
                "skipped-rate-limit",
                "the %d %s a minute that %s may have are used up".formatted(perMinute, what, name),
                clock.instant().plus(wait),
                ProviderProblem.PROVIDER_RATE_LIMITED);
    }

    void release(String caller) {
        slots.release(caller);
    }

    /** Puts the estimate right, where the vendor counted. */
    void counted(ModelAttempt attempt, int estimatedTokens) {
        if (tokens != null && attempt.inputTokens() != null && attempt.outputTokens() != null) {
            tokens.correct(estimatedTokens - attempt.inputTokens() - attempt.outputTokens());
        }
    }

    /** Calls at this moment. */
    int running() {
        return slots.taken();
    }

    boolean isUsedUp() {
        return (requests != null && requests.isUsedUp()) || (tokens != null && tokens.isUsedUp());
    }
}
