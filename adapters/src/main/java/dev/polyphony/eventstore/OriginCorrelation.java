package dev.polyphony.eventstore;

import dev.polyphony.shared.MessageOrigin;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;

/**
 * Hands the origin of a message to the messages that follow from it. An event becomes their cause; a command does not, as it would
 * with Axon's {@code MessageOriginProvider}, because no command is stored.
 */
public final class OriginCorrelation {
    private static final CorrelationDataProvider ORIGIN = new SimpleCorrelationDataProvider(
            MessageOrigin.TENANT, MessageOrigin.ACTOR, MessageOrigin.CORRELATION_ID, MessageOrigin.CAUSATION_ID);

    private OriginCorrelation() {}

    public static CorrelationDataProvider provider() {
        return OriginCorrelation::of;
    }

    private static Map<String, ?> of(Message<?> message) {
        if (!(message instanceof EventMessage<?> event)) {
            return ORIGIN.correlationDataFor(message);
        }
        Map<String, Object> caused = new HashMap<>(ORIGIN.correlationDataFor(message));
        caused.put(MessageOrigin.CAUSATION_ID, event.getIdentifier());
        return caused;
    }
}
