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

    /** Empty when it was not tried since this node started. */
    Optional<ProviderTest> last(String name);
}
