package dev.polyphony.identity.limits.web;

import dev.polyphony.identity.Caller;
import dev.polyphony.identity.SecurityAlerts;
import dev.polyphony.identity.SecurityAlerts.RateLimitExceeded;
import dev.polyphony.identity.limits.Limit;
import dev.polyphony.identity.limits.Limits;
import dev.polyphony.identity.limits.RateLimit;
import dev.polyphony.identity.limits.RateLimiter;
import dev.polyphony.identity.limits.RateLimiter.Decision;
import dev.polyphony.identity.limits.TenantLimitQueries;
import dev.polyphony.identity.web.CurrentCaller;
import dev.polyphony.platform.errors.ErrorResponder;
import dev.polyphony.platform.requests.BodyShare;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * Lets requests through that are within the limits of their tenant. Stands in Spring Security's chain behind the authentication: who
 * has no valid credentials uses nothing up, and who may not do what he asks for does.
 */
@Component
public class LimitRequests {
    private final RateLimiter limiter;
    private final TenantLimitQueries tenants;
    private final LimitAddresses addresses;
    private final ErrorResponder errors;
    private final SecurityAlerts alerts;
    private final TenantLoad load = new TenantLoad();

    LimitRequests(
            RateLimiter limiter,
            TenantLimitQueries tenants,
            LimitAddresses addresses,
            ErrorResponder errors,
            SecurityAlerts alerts) {
        this.limiter = limiter;
        this.tenants = tenants;
        this.addresses = addresses;
        this.errors = errors;
        this.alerts = alerts;
    }

    /** A filter. */
    public void pass(ServletRequest request, ServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request instanceof HttpServletRequest http && response instanceof HttpServletResponse reply) {
            pass(http, reply, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getServletPath();
        if (addresses.isLimited(path)) {
            if (addresses.allows(request, response)) {
                chain.doFilter(request, response);
            }
            return;
        }
        LimitedApi api = LimitedApi.of(path);
        Caller caller = CurrentCaller.find().orElse(null);
        if (api == LimitedApi.NONE || caller == null) {
            chain.doFilter(request, response);
            return;
        }
        Limits limits = tenants.limits(caller.tenant(), caller.tier());
        if (isCounted(api, api.limits(path, limits), caller, new Exchange(request, response))) {
            passAtOnce(limits, caller, new Exchange(request, response), chain);
        }
    }

    private record Exchange(HttpServletRequest request, HttpServletResponse response) {}

    private boolean isCounted(LimitedApi api, List<RateLimit> limits, Caller caller, Exchange exchange)
            throws IOException {
        Decision decision = limiter.take(caller.tenant().value(), limits);
        Instant now = limiter.now();
        switch (api) {
            case AIVILLAGE -> LimitHeaders.setAiVillage(exchange.response(), decision, caller.tier(), now);
            case OPENAI -> LimitHeaders.setOpenAi(exchange.response(), decision, now);
            default -> LimitHeaders.set(exchange.response(), decision);
        }
        if (!decision.allowed()) {
            alerts.raise(new RateLimitExceeded("", api.name().toLowerCase(Locale.ROOT)));
            errors.write(LimitRefusals.of(api, decision, caller.tier(), now), exchange.request(), exchange.response());
        }
        return decision.allowed();
    }

    private void passAtOnce(Limits limits, Caller caller, Exchange exchange, FilterChain chain)
            throws ServletException, IOException {
        long most = limits.get(Limit.CONCURRENT_REQUESTS);
        TenantLoad.Requests requests = load.enter(caller.tenant(), most);
        if (requests == null) {
            alerts.raise(new RateLimitExceeded("", "concurrent_requests"));
            errors.write(LimitRefusals.tooManyAtOnce(most), exchange.request(), exchange.response());
            return;
        }
        try {
            new BodyShare(requests.bodyBytes(), limits.get(Limit.BODY_BYTES_IN_FLIGHT)).giveTo(exchange.request());
            chain.doFilter(exchange.request(), exchange.response());
        } finally {
            load.leave(caller.tenant());
        }
    }
}
