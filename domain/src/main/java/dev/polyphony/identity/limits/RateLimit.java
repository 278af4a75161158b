package dev.polyphony.identity.limits;

import java.time.Duration;

/**
 * At most so many requests in each window of time. The first window begins with the first request, and each next one when the last
 * is over.
 *
 * @param name tells the limits of one owner apart
 */
public record RateLimit(String name, long requests, Duration window) {
    public static RateLimit perMinute(Limit limit, Limits limits) {
        return new RateLimit(limit.wireName(), limits.get(limit), Duration.ofMinutes(1));
    }

    public static RateLimit perHour(Limit limit, Limits limits) {
        return new RateLimit(limit.wireName(), limits.get(limit), Duration.ofHours(1));
    }
}
