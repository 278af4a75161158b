package dev.polyphony.eventstore.upcasters;

import java.util.Locale;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Revision 2 of {@code workflow.step.queued} says its priority in a lower-case word, and no longer as a constant of Java. */
final class PriorityOfQueuedStep extends SingleEventUpcaster {
    private static final SerializedType CONSTANT = new SimpleSerializedType("workflow.step.queued", "1");
    private static final SerializedType WORD = new SimpleSerializedType("workflow.step.queued", "2");

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
        return event.getType().equals(CONSTANT);
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        return event.upcastPayload(WORD, JsonNode.class, PriorityOfQueuedStep::lifted);
    }

    private static JsonNode lifted(JsonNode queued) {
        String constant = queued.required("priority").asString();
        return ((ObjectNode) queued).put("priority", constant.toLowerCase(Locale.ROOT));
    }
}
