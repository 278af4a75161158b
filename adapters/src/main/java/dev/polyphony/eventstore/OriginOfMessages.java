package dev.polyphony.eventstore;

import dev.polyphony.shared.MessageOrigin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.correlation.CorrelationDataProvider;

/** Hands the origin of a message to the messages that follow from it; an event becomes their cause. */
public final class OriginOfMessages {
    private static final List<String> KEYS =
            List.of(MessageOrigin.TENANT, MessageOrigin.ACTOR, MessageOrigin.CORRELATION_ID, MessageOrigin.CAUSATION_ID);

    private OriginOfMessages() {}

    public static CorrelationDataProvider handedOn() {
        return OriginOfMessages::of;
    }

    private static Map<String, ?> of(Message<?> message) {
        Map<String, Object> handedOn = new HashMap<>();
        KEYS.forEach(key -> handedOn.computeIfAbsent(key, message.getMetaData()::get));
        if (message instanceof EventMessage<?> event) {
            handedOn.put(MessageOrigin.CAUSATION_ID, event.getIdentifier());
        }
        return handedOn;
    }
}
