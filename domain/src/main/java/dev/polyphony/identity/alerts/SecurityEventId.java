package dev.polyphony.identity.alerts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names one security event. */
public record SecurityEventId(@JsonValue UUID value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SecurityEventId {}

    public static SecurityEventId random() {
        return new SecurityEventId(UUID.randomUUID());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
