package dev.polyphony.identity.wiring;

import dev.polyphony.identity.ApiKey;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.ConfigurerModule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells Axon about API keys. */
@Configuration(proxyBeanMethods = false)
class IdentityConfig {
    @Bean
    ConfigurerModule apiKeyAggregate() {
        return configurer -> configurer.configureAggregate(AggregateConfigurer.defaultConfiguration(ApiKey.class));
    }
}
