package dev.polyphony.providers.routing;

import dev.polyphony.providers.ModelProvider;
import org.jspecify.annotations.Nullable;

/**
 * A provider and its place among the others.
 *
 * @param provider asks the model
 * @param kind {@code openai}, {@code anthropic}, {@code gemini}, {@code ollama}, {@code local} or {@code embedded}
 * @param priority lower is asked earlier
 * @param disabledBecause why it is not asked, naming the setting; null when it is asked
 * @param known what the catalogue says of it; null when it is not in the catalogue
 */
public record ConfiguredProvider(
        ModelProvider provider,
        String kind,
        int priority,
        @Nullable String disabledBecause,
        Catalogue.@Nullable Entry known) {
    public String name() {
        return provider.name();
    }

    /** Whether it is asked at all. */
    public boolean enabled() {
        return disabledBecause == null;
    }

    /** What people call it. */
    public String title() {
        return known == null ? name() : known.title();
    }
}
