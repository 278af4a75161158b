package dev.polyphony.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** Names a key and reveals nothing of it. */
public record ApiKeyId(@JsonValue String value) {
    /** The key that a fresh installation makes for itself; there is one. */
    public static final ApiKeyId FIRST = new ApiKeyId("key-first-admin");

    /** The key that the setting {@code polyphony.api-key} gives; there is one, whatever its value is. */
    public static final ApiKeyId CONFIGURED = new ApiKeyId("key-configured");

    private static final int DIGITS = 8;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ApiKeyId {}

    /** The same for the same one; shorter than that, and as random. */
    public static ApiKeyId of(UUID id) {
        return new ApiKeyId("key-" + id.toString().replace("-", "").substring(DIGITS));
    }

    /** Whether it comes and goes with the server's configuration and not through the API. */
    public boolean isConfigured() {
        return equals(CONFIGURED);
    }

    @Override
    public String toString() {
        return value;
    }
}
