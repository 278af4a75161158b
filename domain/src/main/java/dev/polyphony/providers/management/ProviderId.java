package dev.polyphony.providers.management;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names a provider of the whole server; its name in JSON.
 *
 * @param name under which it is deployed, such as {@code deepseek}
 */
public record ProviderId(@JsonValue String name) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ProviderId {}

    /** As the history tells it from the ids of everything else. */
    @Override
    public String toString() {
        return "provider-" + name;
    }
}
