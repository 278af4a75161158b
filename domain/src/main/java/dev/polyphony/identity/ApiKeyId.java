package dev.polyphony.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a key without revealing it: {@code key-} and the first 16 digits of its hash. */
public record ApiKeyId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ApiKeyId {}

    /** The same secret always has the same id, so issuing it twice is noticed. */
    public static ApiKeyId of(ApiKeySecret secret) {
        return new ApiKeyId("key-" + secret.hash().substring(0, 16));
    }

    /** The admin key that a fresh installation makes for itself; there is one. */
    public static final ApiKeyId FIRST_ADMIN = new ApiKeyId("key-first-admin");

    @Override
    public String toString() {
        return value;
    }
}
