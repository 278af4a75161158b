package dev.polyphony.audit.projections.store;

import dev.polyphony.eventstore.axon.DeadLetterGate;
import dev.polyphony.eventstore.axon.SegmentClaims;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.springframework.stereotype.Component;

/** Registers the dead-letter interceptor and the error handler for every processor. */
@Component
class DeadLettering implements ConfigurerModule {
    private final DeadLetterTable deadLetters;
    private final SegmentClaims claims;
    private final PerEventRetry perEvent;

    DeadLettering(DeadLetterTable deadLetters, SegmentClaims claims, PerEventRetry perEvent) {
        this.deadLetters = deadLetters;
        this.claims = claims;
        this.perEvent = perEvent;
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
                                deadLetters,
                                claims)))
                .registerDefaultErrorHandler(_ -> perEvent);
    }
}
