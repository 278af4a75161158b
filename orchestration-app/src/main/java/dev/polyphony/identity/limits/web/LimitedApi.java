package dev.polyphony.identity.limits.web;

import dev.polyphony.identity.limits.Limit;
import dev.polyphony.identity.limits.Limits;
import dev.polyphony.identity.limits.RateLimit;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The APIs whose requests are counted, each in the way of its document. */
enum LimitedApi {
    /** By the hour and in bursts; parts of it have limits of their own, which come first. */
    AMAS {
        @Override
        List<RateLimit> limits(String path, Limits limits) {
            RateLimit hour = RateLimit.perHour(Limit.AMAS_PER_HOUR, limits);
            RateLimit burst = RateLimit.perMinute(Limit.AMAS_BURST, limits);
            for (Map.Entry<String, Limit> part : PARTS) {
                if (isBelow(part.getKey(), path)) {
                    return List.of(RateLimit.perMinute(part.getValue(), limits), hour, burst);
                }
            }
            return List.of(hour, burst);
        }
    },
    /** By the minute and the hour. */
    AIVILLAGE {
        @Override
        List<RateLimit> limits(String path, Limits limits) {
            return List.of(
                    RateLimit.perMinute(Limit.AIVILLAGE_PER_MINUTE, limits),
                    RateLimit.perHour(Limit.AIVILLAGE_PER_HOUR, limits));
        }
    },
    /** By the minute, together with those at {@code /} and of Ollama. */
    OPENAI,
    /** By the minute, also for Ollama. */
    STATESET,
    /** Not counted: health, descriptions and figures, which are asked for by machines. */
    NONE {
        @Override
        List<RateLimit> limits(String path, Limits limits) {
            return List.of();
        }
    };

    private static final List<Map.Entry<String, Limit>> PARTS = List.of(
            Map.entry("/api/v1/workflows/orchestrator", Limit.ORCHESTRATOR_PER_MINUTE),
            Map.entry("/api/v1/workflows/self-improver", Limit.SELF_IMPROVER_PER_MINUTE),
            Map.entry("/api/v1/workflows/issue-responder", Limit.ISSUE_RESPONDER_PER_MINUTE),
            Map.entry("/api/v1/ai-providers", Limit.PROVIDER_MANAGEMENT_PER_MINUTE));

    private static final Pattern UNLIMITED = Pattern.compile(
            "/|(/(docs|health|live|ready|metrics|openapi|swagger-ui|\\.well-known|error|favicon|api/v1/health|v1/health)"
                + "([./].*)?)");

    /** @param path as handlers are looked for by it */
    static LimitedApi of(String path) {
        if (isBelow("/api/v1", path) || isBelow("/v1", path)) {
            return UNLIMITED.matcher(path).matches() ? NONE : path.startsWith("/v1") ? AIVILLAGE : AMAS;
        }
        if (isBelow("/openai", path)) {
            return OPENAI;
        }
        return UNLIMITED.matcher(path).matches() ? NONE : STATESET;
    }

    private static boolean isBelow(String base, String path) {
        return path.startsWith(base) && (path.length() == base.length() || path.charAt(base.length()) == '/');
    }

    /** The first one is the one that answers tell. */
    List<RateLimit> limits(String path, Limits limits) {
        return List.of(RateLimit.perMinute(Limit.STATESET_PER_MINUTE, limits));
    }
}
