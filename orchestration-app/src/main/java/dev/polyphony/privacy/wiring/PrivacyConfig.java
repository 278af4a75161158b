package dev.polyphony.privacy.wiring;

import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.eventstore.crypto.SubjectKeyring;
import dev.polyphony.privacy.EraseSubject;
import dev.polyphony.privacy.SubjectKeys;
import dev.polyphony.privacy.automation.RefuseErasedSubjects;
import dev.polyphony.privacy.store.KeyWrap;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ConfigurerModule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells Axon and Spring about data subjects and their keys. */
@Configuration(proxyBeanMethods = false)
class PrivacyConfig {
    @Bean
    KeyWrap keyWrap(DerivedKeys keys) {
        return new KeyWrap(keys);
    }

    @Bean
    EraseSubject eraseSubject(SubjectKeys keys, CommandGateway commands) {
        return new EraseSubject(keys, commands);
    }

    @Bean
    ConfigurerModule dataSubjects(SubjectKeyring keys) {
        return configurer -> configurer.onInitialize(axon -> axon.onStart(
                Integer.MIN_VALUE,
                () -> axon.commandBus().registerDispatchInterceptor(new RefuseErasedSubjects(keys))));
    }
}
