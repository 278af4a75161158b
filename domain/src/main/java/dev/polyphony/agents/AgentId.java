package dev.polyphony.agents;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names an agent, such as {@code detection-agent}. */
public record AgentId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AgentId {
        if (value.isBlank() || value.length() > 100) {
            throw new IllegalArgumentException("an agent id has 1 to 100 characters, not '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
