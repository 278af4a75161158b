package dev.polyphony.privacy.wiring;

import dev.polyphony.config.MasterKey;
import dev.polyphony.eventstore.NamedEventSerializer;
import dev.polyphony.privacy.EraseSubject;
import dev.polyphony.privacy.Subject;
import dev.polyphony.privacy.SubjectKeys;
import dev.polyphony.privacy.store.KeyWrap;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.ConfigurerModule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells Axon and Spring about data subjects and their keys. */
@Configuration(proxyBeanMethods = false)
class PrivacyConfig {
    @Bean
    KeyWrap keyWrap(MasterKey masterKey) {
        return new KeyWrap(masterKey.bytes());
    }

    @Bean
    EraseSubject eraseSubject(SubjectKeys keys, CommandGateway commands) {
        return new EraseSubject(keys, commands);
    }

    @Bean
    ConfigurerModule dataSubjects(SubjectKeys keys, NamedEventSerializer serializer) {
        return configurer -> {
            configurer.configureAggregate(AggregateConfigurer.defaultConfiguration(Subject.class));
            configurer.onInitialize(axon -> axon.onStart(Integer.MIN_VALUE, () -> {
                axon.commandBus().registerDispatchInterceptor(new RefuseErasedSubjects(keys));
                axon.eventBus().registerDispatchInterceptor(new SealBeforeAppending(serializer));
            }));
        };
    }
}
