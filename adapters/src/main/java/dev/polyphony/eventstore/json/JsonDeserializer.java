package dev.polyphony.eventstore.json;

import dev.polyphony.shared.Json;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/** Reads any JSON value. JSON's null, and nothing, are {@link Json#NULL}. */
final class JsonDeserializer extends ValueDeserializer<Json> {
    @Override
    public Json deserialize(JsonParser json, DeserializationContext context) {
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = context.tokenStreamFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            copy.copyCurrentStructureExact(json);
        }
        return new Json(text.toString());
    }

    @Override
    public Json getNullValue(DeserializationContext context) {
        return Json.NULL;
    }
}
