package dev.polyphony.providers.routing;

import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.resilience.CoolDown;
import dev.polyphony.providers.resilience.GuardedProvider;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A provider that one request may be put to, and what became of that so far. */
final class Candidate {
    private static final IntervalFunction BACKOFF =
            IntervalFunction.ofExponentialBackoff(Duration.ofMillis(500), 2, Duration.ofSeconds(30));
    private static final double FIXED_SHARE = 0.5;

    final GuardedProvider provider;
    private int failures;
    private boolean done;
    private boolean postponed;
    private @Nullable Instant due;

    Candidate(GuardedProvider provider) {
        this.provider = provider;
    }

    String name() {
        return provider.name();
    }

    boolean isWaiting() {
        return !done;
    }

    boolean isFresh() {
        return !done && failures == 0 && !postponed;
    }

    /** It has no room now; the others are asked before it is waited for. */
    void postpone(Instant now) {
        postponed = true;
        due = now;
    }

    /** When it may be asked again, also when it is not asked by this request any more; null when that is not known. */
    @Nullable
    Instant due() {
        return due;
    }

    /** It is not asked any more. */
    void drop() {
        done = true;
    }

    /** It is asked again only if that can help and it has not been asked too often. */
    void failed(ProviderFailure failure, TimeSource time) {
        failures++;
        done = !failure.problem().retryable() || failures > provider.settings().maxRetries();
        if (!failure.problem().retryable()) {
            due = null;
            return;
        }
        Instant now = time.clock().instant();
        Duration pause = failure.retryAfter() == null ? pause(time) : failure.retryAfter();
        CoolDown coolDown = provider.coolDown();
        due = coolDown != null && coolDown.until().isAfter(now.plus(pause)) ? coolDown.until() : now.plus(pause);
    }

    /** Twice as long after each failure, half of it left to chance. */
    private Duration pause(TimeSource time) {
        double share = FIXED_SHARE + (1 - FIXED_SHARE) * time.chance().getAsDouble();
        return Duration.ofMillis(Math.round(BACKOFF.apply(failures) * share));
    }
}
