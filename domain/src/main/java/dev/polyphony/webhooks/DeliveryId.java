package dev.polyphony.webhooks;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one event's delivery to one endpoint, through all its attempts; plain text in JSON. */
public record DeliveryId(@JsonValue UUID value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DeliveryId {}

    /** The value of the header {@code webhook-id}: the same at every attempt, so that receivers can tell repetitions. */
    public String messageId() {
        return "msg_" + value;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
