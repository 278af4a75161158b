package dev.polyphony.privacy.wiring;

import java.util.List;
import java.util.function.BiFunction;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.serialization.Serializer;

/**
 * Writes and seals events on the thread of their command, before the store takes its lock, which then waits neither for a
 * key nor for a cipher. A message remembers what a serializer made of it, so the store finds it done.
 */
final class SealBeforeAppending implements MessageDispatchInterceptor<EventMessage<?>> {
    private final Serializer serializer;

    SealBeforeAppending(Serializer serializer) {
        this.serializer = serializer;
    }

    @Override
    public BiFunction<Integer, EventMessage<?>, EventMessage<?>> handle(List<? extends EventMessage<?>> events) {
        return (_, event) -> {
            event.serializePayload(serializer, String.class);
            return event;
        };
    }
}
