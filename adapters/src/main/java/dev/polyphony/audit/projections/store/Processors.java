package dev.polyphony.audit.projections.store;

import dev.polyphony.audit.projections.ProjectionProblem;
import dev.polyphony.eventstore.axon.DeadLetterGate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The processors of this node that follow the history; Axon makes them after it has asked us for their parts. */
@Component
class Processors {
    private final ObjectProvider<EventProcessingConfiguration> processing;

    Processors(ObjectProvider<EventProcessingConfiguration> processing) {
        this.processing = processing;
    }

    List<PooledStreamingEventProcessor> all() {
        return processing.getObject().eventProcessors().values().stream()
                .filter(PooledStreamingEventProcessor.class::isInstance)
                .map(PooledStreamingEventProcessor.class::cast)
                .sorted(Comparator.comparing(EventProcessor::getName))
                .toList();
    }

    /** @throws dev.polyphony.shared.Rejection {@link ProjectionProblem#PROJECTION_UNKNOWN} */
    PooledStreamingEventProcessor get(String name) {
        return find(name, PooledStreamingEventProcessor.class).orElseThrow(() -> ProjectionProblem.unknown(name));
    }

    /**
     * @throws dev.polyphony.shared.Rejection {@link ProjectionProblem#PROJECTION_UNKNOWN},
     *     {@link ProjectionProblem#PROJECTION_NOT_REPLAYABLE}
     */
    PooledStreamingEventProcessor replayable(String name) {
        EventProcessor any = find(name, EventProcessor.class).orElseThrow(() -> ProjectionProblem.unknown(name));
        if (any instanceof PooledStreamingEventProcessor processor && processor.supportsReset()) {
            return processor;
        }
        throw ProjectionProblem.PROJECTION_NOT_REPLAYABLE.because("'" + name
                + "' acts on the events that it hears and would act on all of them again; only read models are rebuilt,"
                + " those that GET /api/v1/projections shows as replayable");
    }

    BlockedSequences blockedSequences(PooledStreamingEventProcessor processor) {
        return processor.getHandlerInterceptors().stream()
                .filter(DeadLetterGate.class::isInstance)
                .map(gate -> ((DeadLetterGate) gate).blocked())
                .map(BlockedSequences.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(processor.getName() + " has no gate for dead letters"));
    }

    private <P extends EventProcessor> Optional<P> find(String name, Class<P> type) {
        return processing.getObject().eventProcessor(name, type);
    }
}
