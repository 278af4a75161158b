package dev.polyphony.eventstore;

import dev.polyphony.shared.MessageOrigin;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;

/**
 * Hands the origin of a message to the messages that follow from it. An event becomes their cause; a command does not, as it would
 * with Axon's {@code MessageOriginProvider}, because no command is stored.
 */
public final class OriginCorrelation extends SimpleCorrelationDataProvider {
    public OriginCorrelation() {
        super(MessageOrigin.TENANT, MessageOrigin.ACTOR, MessageOrigin.CORRELATION_ID, MessageOrigin.CAUSATION_ID);
    }

    @Override
    public Map<String, ?> correlationDataFor(Message<?> message) {
        Map<String, ?> origin = super.correlationDataFor(message);
        if (!(message instanceof EventMessage<?> event)) {
            return origin;
        }
        Map<String, Object> caused = new HashMap<>(origin);
        caused.put(MessageOrigin.CAUSATION_ID, event.getIdentifier());
        return caused;
    }
}
