package dev.polyphony.eventstore.axon;

import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingModule;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.MultiEventHandlerInvoker;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.StreamableMessageSource;

/**
 * Has a processor ask the handlers of its one group directly. Axon puts an invoker for several groups between them, which asks anew
 * for each event, once on behalf of each segment and once more when it is handled, whether the group may hear it again.
 */
public final class DirectInvocation extends EventProcessingModule {
    @Override
    protected EventProcessor pooledStreamingEventProcessor(
            String name,
            EventHandlerInvoker handlers,
            Configuration axon,
            StreamableMessageSource<TrackedEventMessage<?>> source,
            PooledStreamingProcessorConfiguration processor) {
        return super.pooledStreamingEventProcessor(name, soleOf(handlers), axon, source, processor);
    }

    private static EventHandlerInvoker soleOf(EventHandlerInvoker handlers) {
        return handlers instanceof MultiEventHandlerInvoker several
                        && several.delegates().size() == 1
                ? several.delegates().getFirst()
                : handlers;
    }
}
