package dev.polyphony.observability.wiring;

import dev.polyphony.observability.automation.AttemptSpans;
import dev.polyphony.observability.automation.MeterNames;
import dev.polyphony.observability.automation.MeteredRouter;
import dev.polyphony.observability.automation.RememberedCalls;
import dev.polyphony.providers.ModelRouter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Puts a meter before the router that everybody asks. */
@Configuration(proxyBeanMethods = false)
class ModelMetricsConfig {
    @Bean
    @Primary
    ModelRouter meteredRouter(
            @Qualifier("modelRouter") ModelRouter router, MeterRegistry meters, Tracer tracer, RememberedCalls calls) {
        return new MeteredRouter(router, meters, new AttemptSpans(tracer), calls);
    }

    @Bean
    MeterNames meterNames() {
        return new MeterNames();
    }

    /** No spans are made while none are exported: they would cost small requests much of their time. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBooleanProperty(name = "management.tracing.export.enabled", havingValue = false)
    static class NoTraces {
        @Bean
        Tracer tracer() {
            return Tracer.NOOP;
        }

        @Bean
        Propagator propagator() {
            return Propagator.NOOP;
        }
    }
}
