package dev.polyphony.observability.wiring;

import dev.polyphony.platform.security.PublicPaths;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Metrics are there for whoever fetches them. */
@Configuration(proxyBeanMethods = false)
class MetricsEndpointConfig {
    /** Where {@code management.endpoints.web.path-mapping} puts the endpoint of Prometheus. */
    @Bean
    PublicPaths metricsPath() {
        return PublicPaths.of("/metrics");
    }
}
