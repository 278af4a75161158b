package dev.polyphony.identity.limits.wiring;

import dev.polyphony.identity.limits.RateLimiter;
import dev.polyphony.identity.limits.SharedTokens;
import dev.polyphony.identity.limits.web.LimitRequests;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/** Tells Spring about limits. */
@Configuration(proxyBeanMethods = false)
class LimitsConfig {
    @Bean
    RateLimiter rateLimiter(SharedTokens tokens, Clock clock) {
        return new RateLimiter(tokens, clock);
    }

    /** Where the caller is known and has not been told yet what he may do. */
    @Bean
    @ConditionalOnProperty(name = "polyphony.limits.enabled", matchIfMissing = true)
    Customizer<HttpSecurity> limitedRequests(LimitRequests requests) {
        return security -> security.addFilterBefore(requests::pass, AuthorizationFilter.class);
    }
}
