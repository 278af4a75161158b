package dev.polyphony.identity.wiring;

import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.identity.store.CredentialCipher;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.async.SequentialPolicy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Tells Spring about callers. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class IdentityConfig {
    @Bean
    CredentialCipher credentialCipher(DerivedKeys keys) {
        return new CredentialCipher(keys);
    }

    /** Security events add to a few totals: two segments would wait for each other. */
    @Bean
    ConfigurerModule oneSecurityEventAfterTheOther() {
        return configurer ->
                configurer.eventProcessing().registerSequencingPolicy("security-events", _ -> new SequentialPolicy());
    }
}
