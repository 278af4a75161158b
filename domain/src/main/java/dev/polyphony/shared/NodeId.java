package dev.polyphony.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** One life of one server process; a restarted server is another node. */
public record NodeId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public NodeId {}

    public static NodeId random() {
        return new NodeId("node-" + UUID.randomUUID());
    }

    @Override
    public String toString() {
        return value;
    }
}
