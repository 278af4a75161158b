package dev.polyphony.identity.limits.web;

import dev.polyphony.identity.limits.RateLimit;
import dev.polyphony.identity.limits.RateLimiter;
import dev.polyphony.identity.limits.RateLimiter.Decision;
import dev.polyphony.identity.limits.wiring.LimitSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** CyborgMind counts by the address of the client, whoever it is. */
@Component
class LimitAddresses {
    private final RateLimiter limiter;
    private final JsonMapper json;
    private final Clock clock;
    private final Set<String> paths;
    private final List<RateLimit> limits;

    /** @param detail what was exceeded */
    record Refusal(String detail) {}

    LimitAddresses(RateLimiter limiter, LimitSettings settings, JsonMapper json, Clock clock) {
        this.limiter = limiter;
        this.json = json;
        this.clock = clock;
        this.paths = Set.copyOf(settings.addressPaths());
        this.limits = List.of(new RateLimit("address", settings.addressPerMinute(), Duration.ofMinutes(1)));
    }

    boolean isLimited(String path) {
        return paths.contains(path);
    }

    /** When not, the answer is written. */
    boolean allows(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Decision decision = limiter.take("address " + ClientNetwork.of(request.getRemoteAddr()), limits);
        LimitHeaders.set(response, decision);
        if (decision.allowed()) {
            return true;
        }
        response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(LimitHeaders.seconds(decision, clock.instant())));
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream()
                .write(json.writeValueAsBytes(new Refusal("Rate limit exceeded: %d per 1 minute"
                        .formatted(decision.limit().requests()))));
        return false;
    }
}
