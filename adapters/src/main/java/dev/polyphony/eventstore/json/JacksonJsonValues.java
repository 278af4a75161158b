package dev.polyphony.eventstore.json;

import dev.polyphony.shared.Json;
import dev.polyphony.shared.JsonValues;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

@Component
public final class JacksonJsonValues implements JsonValues {
    private final JsonMapper mapper = StoredJson.mapper();

    @Override
    public Json write(Object value) {
        return new Json(mapper.writeValueAsString(value));
    }

    @Override
    public <T> T read(Json json, Class<T> type) {
        return mapper.readValue(json.text(), type);
    }
}
