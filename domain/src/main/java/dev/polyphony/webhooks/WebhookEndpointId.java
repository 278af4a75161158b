package dev.polyphony.webhooks;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one endpoint; plain text in JSON. */
public record WebhookEndpointId(@JsonValue UUID value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public WebhookEndpointId {}

    @Override
    public String toString() {
        return value.toString();
    }
}
