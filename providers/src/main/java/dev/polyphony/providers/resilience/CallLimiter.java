package dev.polyphony.providers.resilience;

import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.providers.management.ProviderView.Limits;
import dev.polyphony.providers.resilience.Admission.Denied;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Our own limits for one provider: calls at once, and requests and tokens a minute. It never waits. */
final class CallLimiter {
    private final String name;
    private final Limits limits;
    private final Clock clock;
    private final Bulkhead bulkhead;
    private final @Nullable TokenBucket requests;
    private final @Nullable TokenBucket tokens;

    CallLimiter(String name, Limits limits, Clock clock, LongSupplier nanos) {
        this.name = name;
        this.limits = limits;
        this.clock = clock;
        this.bulkhead = Bulkhead.of(
                name,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(limits.concurrentCalls())
                        .maxWaitDuration(Duration.ZERO)
                        .build());
        this.requests = bucket(limits.requestsPerMinute(), nanos);
        this.tokens = bucket(limits.tokensPerMinute(), nanos);
    }

    private static @Nullable TokenBucket bucket(@Nullable Integer perMinute, LongSupplier nanos) {
        return perMinute == null ? null : new TokenBucket(perMinute, nanos);
    }

    /** Null when the call may be made; it has to be released then. */
    @Nullable
    Denied tryAcquire(int estimatedTokens) {
        if (!bulkhead.tryAcquirePermission()) {
            return new Denied(
                    "skipped-full", "%s already has %d calls at once".formatted(name, limits.concurrentCalls()), null);
        }
        Duration wait = requests == null ? null : requests.take(1);
        if (wait != null) {
            release();
            return usedUp(limits.requestsPerMinute(), "requests", wait);
        }
        wait = tokens == null ? null : tokens.take(estimatedTokens);
        if (wait != null) {
            if (requests != null) {
                requests.correct(1);
            }
            release();
            return usedUp(limits.tokensPerMinute(), "tokens", wait);
        }
        return null;
    }

    private Denied usedUp(@Nullable Integer perMinute, String what, Duration wait) {
        return new Denied(
                "skipped-rate-limit",
                "the %d %s a minute that %s may have are used up".formatted(perMinute, what, name),
                clock.instant().plus(wait));
    }

    void release() {
        bulkhead.releasePermission();
    }

    /** Puts the estimate right, where the vendor counted. */
    void counted(ModelAttempt attempt, int estimatedTokens) {
        if (tokens != null && attempt.inputTokens() != null && attempt.outputTokens() != null) {
            tokens.correct(estimatedTokens - attempt.inputTokens() - attempt.outputTokens());
        }
    }

    /** Calls at this moment. */
    int running() {
        Bulkhead.Metrics metrics = bulkhead.getMetrics();
        return metrics.getMaxAllowedConcurrentCalls() - metrics.getAvailableConcurrentCalls();
    }

    boolean isUsedUp() {
        return (requests != null && requests.isUsedUp()) || (tokens != null && tokens.isUsedUp());
    }
}
