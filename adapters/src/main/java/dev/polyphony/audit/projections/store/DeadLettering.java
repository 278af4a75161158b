package dev.polyphony.audit.projections.store;

import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.springframework.stereotype.Component;

/** Tells Axon that every processor puts aside what it cannot handle. */
@Component
class DeadLettering implements ConfigurerModule {
    private final DeadLetterTable letters;
    private final CarefulRetry carefully;

    DeadLettering(DeadLetterTable letters, CarefulRetry carefully) {
        this.letters = letters;
        this.carefully = carefully;
    }

    @Override
    public void configureModule(Configurer configurer) {
        configurer
                .eventProcessing()
                .registerDefaultHandlerInterceptor((axon, processor) -> new DeadLetterGate(
                        processor,
                        new BlockedSequences(
                                processor, axon.eventProcessingConfiguration().sequencingPolicy(processor), letters)))
                .registerDefaultErrorHandler(_ -> carefully);
    }
}
