package dev.polyphony.audit.projections.store;

import dev.polyphony.eventstore.axon.DeadLetterGate;
import dev.polyphony.eventstore.axon.SegmentClaims;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.springframework.stereotype.Component;

/** Tells Axon that every processor puts aside what it cannot handle. */
@Component
class DeadLettering implements ConfigurerModule {
    private final DeadLetterTable letters;
    private final SegmentClaims claims;
    private final PerEventRetry carefully;

    DeadLettering(DeadLetterTable letters, SegmentClaims claims, PerEventRetry carefully) {
        this.letters = letters;
        this.claims = claims;
        this.carefully = carefully;
    }

    @Override
    public void configureModule(Configurer configurer) {
        configurer
                .eventProcessing()
                .registerDefaultHandlerInterceptor((axon, processor) -> new DeadLetterGate(
                        processor,
                        new BlockedSequences(
                                processor,
                                axon.eventProcessingConfiguration().sequencingPolicy(processor),
                                letters,
                                claims)))
                .registerDefaultErrorHandler(_ -> carefully);
    }
}
