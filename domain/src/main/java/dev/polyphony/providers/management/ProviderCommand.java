package dev.polyphony.providers.management;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a provider's management. */
public sealed interface ProviderCommand {
    ProviderId provider();

    /**
     * Changes how the provider is asked, on every node. That it is deployed is checked by the edge.
     *
     * @param changes what is null stays as it is
     */
    record ConfigureProvider(@TargetAggregateIdentifier ProviderId provider, ProviderOverrides changes)
            implements ProviderCommand {
        public ConfigureProvider {
            changes = changes.checked();
        }
    }
}
