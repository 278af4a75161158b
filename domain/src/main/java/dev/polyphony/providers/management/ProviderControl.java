package dev.polyphony.providers.management;

import dev.polyphony.providers.RoutingStrategy;

/** Changes the providers of this node while it runs. Who wants a change to outlive the process applies it again at start. */
public interface ProviderControl {
    /**
     * Calls that run go on; the next ones follow the settings. Enabling a provider also forgets that it was cooling down or that
     * its circuit was open.
     *
     * @throws dev.polyphony.providers.ProviderFailure {@code PROVIDER_UNKNOWN}, or {@code PROVIDER_NOT_CONFIGURED} when it is to
     *     be enabled and lacks its key
     */
    void apply(String name, ProviderSettings settings);

    /** It was tried and answered: that it was cooling down or that its circuit was open is forgotten. */
    void recovered(String name);

    /** Its server shows its models: an open circuit lets one call through. */
    void reachable(String name);

    /** The order in which providers are asked from now on, unless a request says otherwise. */
    void apply(RoutingStrategy strategy);
}
