package dev.polyphony.providers.wiring;

import dev.polyphony.eventstore.Aggregates;
import dev.polyphony.providers.management.Provider;
import org.axonframework.config.ConfigurerModule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells Axon about the management of providers. */
@Configuration(proxyBeanMethods = false)
class ManagementConfig {
    @Bean
    ConfigurerModule managedProviders() {
        return configurer -> configurer.configureAggregate(Aggregates.cached(Provider.class));
    }
}
