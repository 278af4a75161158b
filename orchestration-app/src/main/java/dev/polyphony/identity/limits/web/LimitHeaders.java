package dev.polyphony.identity.limits.web;

import dev.polyphony.identity.Tier;
import dev.polyphony.identity.limits.RateLimiter.Decision;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;

/** What answers say about limits, under the names of each API. */
final class LimitHeaders {
    private LimitHeaders() {}

    static void set(HttpServletResponse response, Decision decision) {
        response.setHeader("X-RateLimit-Limit", String.valueOf(decision.limit().requests()));
        response.setHeader("X-RateLimit-Remaining", String.valueOf(decision.left()));
        response.setHeader("X-RateLimit-Reset", String.valueOf(epochSecond(decision.until())));
    }

    static void setAiVillage(HttpServletResponse response, Decision decision, Tier tier, Instant now) {
        set(response, decision);
        response.setHeader("X-RateLimit-Tier", aiVillageName(tier));
        response.setHeader("X-RateLimit-Reset-After", String.valueOf(seconds(decision, now)));
    }

    static void setOpenAi(HttpServletResponse response, Decision decision, Instant now) {
        response.setHeader(
                "x-ratelimit-limit-requests", String.valueOf(decision.limit().requests()));
        response.setHeader("x-ratelimit-remaining-requests", String.valueOf(decision.left()));
        response.setHeader("x-ratelimit-reset-requests", openAiDuration(seconds(decision, now)));
    }

    static String aiVillageName(Tier tier) {
        return switch (tier) {
            case FREE, BASIC -> "standard";
            case PRO -> "premium";
            case ENTERPRISE -> "enterprise";
        };
    }

    /** Rounded up: who comes a moment too early is refused again. */
    static long seconds(Decision decision, Instant now) {
        return Math.max(
                1,
                Duration.between(now, decision.until())
                        .plusSeconds(1)
                        .minusNanos(1)
                        .toSeconds());
    }

    private static long epochSecond(Instant time) {
        return time.plusSeconds(1).minusNanos(1).getEpochSecond();
    }

    /** As OpenAI writes it: {@code 45s}, {@code 1m0s}. */
    private static String openAiDuration(long seconds) {
        return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
    }
}
