package dev.polyphony.providers.routing;

import dev.polyphony.providers.ModelProvider;

/**
 * A provider and its place among the others.
 *
 * @param provider asks the model
 * @param kind {@code openai}, {@code local} or {@code embedded}
 * @param priority lower is asked earlier
 * @param enabled whether it is asked at all
 */
public record ConfiguredProvider(ModelProvider provider, String kind, int priority, boolean enabled) {
    public String name() {
        return provider.name();
    }
}
