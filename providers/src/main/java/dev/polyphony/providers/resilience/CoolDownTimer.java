package dev.polyphony.providers.resilience;

import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.config.ProviderLimits.CoolDowns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long a provider that refused is left alone: as long as it said, or a time that doubles with each rate limit in a row. */
final class CoolDownTimer {
    private static final Logger LOG = LoggerFactory.getLogger(CoolDownTimer.class);
    private static final int MAX_DOUBLINGS = 20;

    private final String provider;
    private final CoolDowns durations;
    private final Clock clock;
    private int rateLimitsInARow;
    private @Nullable CoolDown latest;

    CoolDownTimer(String provider, CoolDowns durations, Clock clock) {
        this.provider = provider;
        this.durations = durations;
        this.clock = clock;
    }

    /** Null when there is none, or it is over. */
    synchronized @Nullable CoolDown current() {
        return latest == null || !clock.instant().isBefore(latest.until()) ? null : latest;
    }

    synchronized void clear() {
        latest = null;
        rateLimitsInARow = 0;
    }

    /** The next rate limit is the first again. */
    synchronized void answered() {
        rateLimitsInARow = 0;
    }

    /** @param usual how long, when the vendor named no time */
    synchronized void begin(Duration usual, ProviderFailure failure) {
        boolean rateLimited = failure.problem() == ProviderProblem.PROVIDER_RATE_LIMITED;
        Duration stated = failure.retryAfter();
        if (stated != null) {
            extend(stated, failure, rateLimited);
        } else {
            extend(rateLimited ? grown(usual) : usual, failure, rateLimited);
        }
    }

    /** Of calls that were under way together, one counts. */
    private Duration grown(Duration usual) {
        Duration max = durations.rateLimitedMax();
        int doublings = current() == null ? rateLimitsInARow++ : Math.max(0, rateLimitsInARow - 1);
        Duration most = max.compareTo(usual) < 0 ? usual : max;
        Duration grown = usual.multipliedBy(1L << Math.min(doublings, MAX_DOUBLINGS));
        return grown.compareTo(most) < 0 ? grown : most;
    }

    /** Of two refusals the one that lasts longer counts. */
    private void extend(Duration pause, ProviderFailure failure, boolean rateLimited) {
        Instant until = clock.instant().plus(pause);
        if (latest == null || latest.until().isBefore(until)) {
            latest = new CoolDown(until, why(failure.problem()), rateLimited);
            LOG.warn("{} is left alone for {}: {}", provider, pause, failure.getMessage());
        }
    }

    private static String why(ProviderProblem problem) {
        return switch (problem) {
            case PROVIDER_RATE_LIMITED -> "its vendor limits our rate";
            case PROVIDER_QUOTA_EXHAUSTED -> "our account with its vendor has no quota or money left";
            default -> "its vendor did not accept our key";
        };
    }
}
