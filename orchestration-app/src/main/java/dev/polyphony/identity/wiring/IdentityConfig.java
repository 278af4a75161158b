package dev.polyphony.identity.wiring;

import dev.polyphony.eventstore.Aggregates;
import dev.polyphony.identity.ApiKey;
import org.axonframework.config.ConfigurerModule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells Axon about API keys. */
@Configuration(proxyBeanMethods = false)
class IdentityConfig {
    @Bean
    ConfigurerModule apiKeyAggregate() {
        return configurer -> configurer.configureAggregate(Aggregates.cached(ApiKey.class));
    }
}
