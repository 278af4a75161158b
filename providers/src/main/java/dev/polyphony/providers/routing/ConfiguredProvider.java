package dev.polyphony.providers.routing;

import dev.polyphony.providers.ModelProvider;
import dev.polyphony.providers.config.ProviderConfig;

/** A provider as it was made from its configuration. */
public record ConfiguredProvider(ModelProvider provider, ProviderConfig config) {
    public String name() {
        return config.name();
    }
}
