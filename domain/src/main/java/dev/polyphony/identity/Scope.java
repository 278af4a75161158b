package dev.polyphony.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a credential may be used for, within what the roles of its owner permit.
 *
 * @param value {@code read}, {@code write} or {@code admin}, each of which includes the one before it, for everything or, as in
 *     {@code webhooks:write}, for one area
 */
public record Scope(@JsonValue String value) {
    /** The form of a scope. */
    public static final String RULE = "read, write or admin, alone or after an area as in webhooks:write";

    private static final Pattern FORM = Pattern.compile("(?:([a-z][a-z-]{0,30}):)?(read|write|admin)");

    /** For everything that the roles permit. */
    public static final Set<Scope> ALL = Set.of(new Scope("admin"));

    /** @throws IllegalArgumentException when it does not have the form */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Scope {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a scope is " + RULE + ", not '" + value + "'");
        }
    }

    /** Whether whoever holds this scope may do what the other one stands for. */
    public boolean includes(Scope other) {
        return (area().isEmpty() || area().equals(other.area())) && level() >= other.level();
    }

    private String area() {
        int colon = value.indexOf(':');
        return colon < 0 ? "" : value.substring(0, colon);
    }

    private int level() {
        return switch (value.substring(value.indexOf(':') + 1)) {
            case "read" -> 0;
            case "write" -> 1;
            default -> 2;
        };
    }

    @Override
    public String toString() {
        return value;
    }
}
