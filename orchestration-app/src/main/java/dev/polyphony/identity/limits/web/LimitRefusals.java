package dev.polyphony.identity.limits.web;

import dev.polyphony.identity.Tier;
import dev.polyphony.identity.limits.Limit;
import dev.polyphony.identity.limits.RateLimiter.Decision;
import dev.polyphony.platform.errors.ApiError;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.http.HttpStatus;

/** A request beyond a limit, in the words of each API. */
final class LimitRefusals {
    private LimitRefusals() {}

    /**
     * How StateSet tells it; AMAS does not say how.
     *
     * @param limit the most requests in the window
     * @param windowSeconds how long the window is
     * @param retryAfter in how many seconds there are requests again
     */
    record RateDetails(long limit, long windowSeconds, long retryAfter) {}

    /**
     * How AIVillage tells it.
     *
     * @param limit the most requests in the window
     * @param window how long the window is, in words
     * @param resetAt when there are requests again
     * @param suggestedRetryAfter in how many seconds that is
     */
    record AiVillageRateDetails(long limit, String window, Instant resetAt, long suggestedRetryAfter) {}

    static ApiError of(LimitedApi api, Decision decision, Tier tier, Instant now) {
        long seconds = LimitHeaders.seconds(decision, now);
        String message = api == LimitedApi.AIVILLAGE
                ? "Rate limit exceeded for tier " + LimitHeaders.aiVillageName(tier)
                : "Rate limit exceeded. Try again in %d seconds.".formatted(seconds);
        return new ApiError(
                        HttpStatus.TOO_MANY_REQUESTS, code(api, decision), message, null, Duration.ofSeconds(seconds))
                .with(details(api, decision, seconds));
    }

    /** AMAS has one code for all requests and another one for those to workflows. */
    private static String code(LimitedApi api, Decision decision) {
        String limit = decision.limit().name();
        boolean general = limit.equals(Limit.AMAS_PER_HOUR.wireName()) || limit.equals(Limit.AMAS_BURST.wireName());
        return api == LimitedApi.AMAS && general ? "RATE_LIMITED" : "RATE_LIMIT_EXCEEDED";
    }

    private static Record details(LimitedApi api, Decision decision, long seconds) {
        Duration window = decision.limit().window();
        long limit = decision.limit().requests();
        return api == LimitedApi.AIVILLAGE
                ? new AiVillageRateDetails(
                        limit,
                        window.equals(Duration.ofHours(1)) ? "1 hour" : "1 minute",
                        decision.until().plusSeconds(1).minusNanos(1).truncatedTo(ChronoUnit.SECONDS),
                        seconds)
                : new RateDetails(limit, window.toSeconds(), seconds);
    }

    static ApiError tooManyAtOnce(long limit) {
        return new ApiError(
                HttpStatus.TOO_MANY_REQUESTS,
                "RATE_LIMIT_EXCEEDED",
                "Too many requests at the same time: at most %d are answered for you. Wait for one of them."
                        .formatted(limit),
                null,
                Duration.ofSeconds(1));
    }
}
