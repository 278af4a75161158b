package dev.polyphony.observability.wiring;

import dev.polyphony.platform.security.RestrictedPaths;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Metrics tell paths, providers and what is spent of all tenants: they are for admins. */
@Configuration(proxyBeanMethods = false)
class MetricsEndpointConfig {
    /** Where {@code management.endpoints.web.path-mapping} puts the endpoint of Prometheus. */
    @Bean
    RestrictedPaths metricsPath() {
        return RestrictedPaths.of("/metrics", "OPERATOR");
    }
}
