package dev.polyphony.providers.routing;

import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.management.ProviderSettings;
import dev.polyphony.providers.resilience.ProviderLimits;
import org.jspecify.annotations.Nullable;

/**
 * A provider and its place among the others, as they are at start.
 *
 * @param provider asks the model
 * @param kind {@code openai}, {@code anthropic}, {@code gemini}, {@code ollama}, {@code local} or {@code embedded}
 * @param endpoint the URL that the vendor's paths are appended to; null for models in this process
 * @param settings what operators may change while it runs
 * @param rules how it is treated
 * @param disabledBecause why it is not asked, naming the setting; null when it is asked
 * @param lacks what it cannot be enabled without; null when it has all
 * @param known what the catalogue says of it; null when it is not in the catalogue
 */
public record ConfiguredProvider(
        ModelProvider provider,
        String kind,
        @Nullable String endpoint,
        ProviderSettings settings,
        ProviderLimits rules,
        @Nullable String disabledBecause,
        @Nullable String lacks,
        ProviderCatalogue.@Nullable Entry known) {
    public String name() {
        return provider.name();
    }

    /** Lower is asked earlier. */
    public int priority() {
        return settings.priority();
    }

    /** Whether it is asked at all. */
    public boolean enabled() {
        return settings.enabled();
    }

    /** What people call it. */
    public String title() {
        return known == null ? name() : known.title();
    }

    /** Whether it writes nothing of its own, so that it is no equal of the others. */
    boolean onlySelects() {
        return kind.equals(ProviderKind.EMBEDDED.word());
    }
}
