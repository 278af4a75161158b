package dev.polyphony.identity.wiring;

import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.identity.store.CredentialCipher;
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
}
