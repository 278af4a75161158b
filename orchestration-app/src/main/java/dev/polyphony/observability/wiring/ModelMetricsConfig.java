package dev.polyphony.observability.wiring;

import dev.polyphony.providers.ModelRouter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Puts a meter before the router that everybody asks. */
@Configuration(proxyBeanMethods = false)
class ModelMetricsConfig {
    @Bean
    @Primary
    ModelRouter meteredRouter(@Qualifier("modelRouter") ModelRouter router, MeterRegistry meters, Tracer tracer) {
        return new MeteredRouter(router, meters, new AttemptSpans(tracer));
    }
}
