package dev.polyphony.providers.management;

import java.util.Optional;

/** What operators decided, as this node follows it. */
public interface ProviderOverridesFollowed {
    /**
     * How a provider is to be asked by these decisions and, where they say nothing, by its deployment on this node.
     *
     * @return empty when no such provider is deployed
     */
    Optional<ProviderSettings> settings(String name, ProviderOverrides decided);

    /** Waits until this node does what the caller of the current request decided before it, at most 2 s. */
    void awaitOwn();
}
