package dev.polyphony.eventstore.json;

import dev.polyphony.shared.Json;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** How everything that is stored is written: snake_case, and {@link Json} as the JSON that it is. */
public final class StoredJson {
    private StoredJson() {}

    public static JsonMapper mapper() {
        return JsonMapper.builder(unlimited())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addModule(new SimpleModule("polyphony-json")
                        .addSerializer(Json.class, new JsonSerializer())
                        .addDeserializer(Json.class, new JsonDeserializer()))
                .build();
    }

    /** We read back what we wrote, and what is sealed can be eight times as long as the text that was let in. */
    private static JsonFactory unlimited() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxDocumentLength(-1)
                        .build())
                .build();
    }
}
