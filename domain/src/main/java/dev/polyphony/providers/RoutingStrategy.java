package dev.polyphony.providers;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** In which order providers are asked. The model that selects sentences instead of writing them comes last unless by priority. */
public enum RoutingStrategy {
    /** As operators have ordered them; those of equal priority as they are configured. */
    PRIORITY,
    /** By what was measured lately: reliability first, then speed. */
    INTELLIGENT,
    /** By what was measured lately: the shortest mean time first. */
    FASTEST,
    /** By priority, but each request begins with the next one. */
    ROUND_ROBIN,
    /** The cheapest first; those without a price last. */
    COST;

    /** Empty when there is no such strategy. */
    public static Optional<RoutingStrategy> of(String word) {
        return Arrays.stream(values())
                .filter(strategy -> strategy.word().equals(word))
                .findFirst();
    }

    /** All of them, for those who named none. */
    public static String words() {
        return Arrays.stream(values()).map(RoutingStrategy::word).collect(Collectors.joining(", "));
    }

    /** As it stands in configuration and on the wire, such as {@code round_robin}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
