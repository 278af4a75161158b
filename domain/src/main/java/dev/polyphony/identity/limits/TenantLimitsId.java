package dev.polyphony.identity.limits;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.polyphony.shared.TenantId;

/** Names what was decided for one tenant: {@code limits-} and its id. */
public record TenantLimitsId(@JsonValue String value) {
    private static final String PREFIX = "limits-";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TenantLimitsId {}

    public static TenantLimitsId of(TenantId tenant) {
        return new TenantLimitsId(PREFIX + tenant);
    }

    @Override
    public String toString() {
        return value;
    }
}
