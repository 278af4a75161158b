package dev.polyphony.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Names a key and reveals nothing of it. */
public record ApiKeyId(@JsonValue String value) {
    /** The key that a fresh installation makes for itself; there is one. */
    public static final ApiKeyId FIRST = new ApiKeyId("key-first-admin");

    /** The key that the setting {@code polyphony.api-key} gives; there is one, whatever its value is. */
    public static final ApiKeyId CONFIGURED = new ApiKeyId("key-configured");

    private static final int BYTES = 12;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ApiKeyId {}

    public static ApiKeyId random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new ApiKeyId("key-" + HexFormat.of().formatHex(bytes));
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
