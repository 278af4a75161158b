package dev.polyphony.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Whose data it is. Nothing is read or changed across tenants.
 *
 * @param value 1 to 64 of {@code a-z 0-9 - _}
 */
public record TenantId(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9_-]{1,64}");

    /** The tenant of every key that does not name another. */
    public static final TenantId DEFAULT = new TenantId("default");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TenantId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a tenant id is 1 to 64 of a-z, 0-9, - and _, not '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
