package dev.polyphony.providers.management;

import dev.polyphony.shared.EventName;

/** What operators have decided about a provider. Stored for ever: add an event rather than change one. Never carries a key. */
public sealed interface ProviderEvent {
    ProviderId provider();

    /** @param overrides all that counts from now on, so that whoever hears the last such event knows everything */
    @EventName("provider.configured")
    record ProviderConfigured(ProviderId provider, ProviderOverrides overrides) implements ProviderEvent {}
}
