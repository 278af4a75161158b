package dev.polyphony.identity.alerts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How likely somebody means harm. */
public enum ThreatLevel {
    /** Mistakes look alike. */
    LOW,
    /** Mistakes look alike unless there are many. */
    MEDIUM,
    /** Hardly a mistake: look into it. */
    HIGH;

    @JsonCreator
    public static ThreatLevel of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
