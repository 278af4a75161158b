package dev.polyphony.providers.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How far a vendor helps with JSON. The reply is checked in any case. */
public enum JsonSupport {
    /** The vendor takes a schema. */
    SCHEMA,
    /** The vendor promises some JSON; the schema stands in the instructions. */
    OBJECT,
    /** All of it stands in the instructions. */
    INSTRUCTIONS;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<JsonSupport> of(String word) {
        return Arrays.stream(values())
                .filter(support -> support.word().equals(word))
                .findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(JsonSupport::word).collect(Collectors.joining(", "));
    }
}
