package dev.polyphony.eventstore;

import dev.polyphony.shared.Provenance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.correlation.CorrelationDataProvider;

/** Hands the provenance of a message to the messages that follow from it; an event becomes their cause. */
public final class ProvenanceOfMessages {
    private static final List<String> KEYS =
            List.of(Provenance.TENANT, Provenance.ACTOR, Provenance.CORRELATION_ID, Provenance.CAUSATION_ID);

    private ProvenanceOfMessages() {}

    public static CorrelationDataProvider handedOn() {
        return ProvenanceOfMessages::of;
    }

    private static Map<String, ?> of(Message<?> message) {
        Map<String, Object> handedOn = new HashMap<>();
        KEYS.forEach(key -> handedOn.computeIfAbsent(key, message.getMetaData()::get));
        if (message instanceof EventMessage<?> event) {
            handedOn.put(Provenance.CAUSATION_ID, event.getIdentifier());
        }
        return handedOn;
    }
}
