package dev.polyphony.providers.management;

import java.util.Optional;

/** Tries providers on purpose and remembers, on this node, how it went last. */
public interface ProviderTests {
    /**
     * Asks the provider now, also when it is switched off.
     *
     * @throws dev.polyphony.providers.ProviderFailure {@code PROVIDER_UNKNOWN}
     */
    ProviderTest run(String name);

    /**
     * Looks whether the provider is there and takes our key, without asking its model anything: that costs nothing.
     *
     * @return empty when it does not show that
     * @throws dev.polyphony.providers.ProviderFailure {@code PROVIDER_UNKNOWN}
     */
    Optional<ProviderTest> look(String name);

    /** Empty when it was not tried since this node started. */
    Optional<ProviderTest> last(String name);
}
