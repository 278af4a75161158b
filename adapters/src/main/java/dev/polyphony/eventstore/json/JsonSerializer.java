package dev.polyphony.eventstore.json;

import dev.polyphony.shared.Json;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Writes the value token by token, so that no text that is not one JSON value gets into what is stored. */
final class JsonSerializer extends ValueSerializer<Json> {
    @Override
    public void serialize(Json value, JsonGenerator json, SerializationContext context) {
        try (JsonParser tokens = context.tokenStreamFactory().createParser(ObjectReadContext.empty(), value.text())) {
            if (tokens.nextToken() == null) {
                throw new StreamReadException(tokens, "there is no JSON value");
            }
            json.copyCurrentStructureExact(tokens);
            if (tokens.nextToken() != null) {
                throw new StreamReadException(tokens, "there is more than one JSON value");
            }
        }
    }
}
