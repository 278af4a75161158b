package dev.polyphony.eventstore.upcasters;

import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Revision 2 of {@code workflow.started} tells whom the run is about. A run of before is about itself. */
final class SubjectOfStartedRun extends SingleEventUpcaster {
    private static final SerializedType TOLD_NOBODY = new SimpleSerializedType("workflow.started", "1");
    private static final SerializedType TELLS_SUBJECT = new SimpleSerializedType("workflow.started", "2");

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
        return event.getType().equals(TOLD_NOBODY);
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        return event.upcastPayload(TELLS_SUBJECT, JsonNode.class, SubjectOfStartedRun::lifted);
    }

    private static JsonNode lifted(JsonNode started) {
        ObjectNode event = (ObjectNode) started;
        event.putObject("subject").set("tenant", event.required("tenant")).set("id", event.required("workflow_id"));
        return event;
    }
}
