package dev.polyphony.eventstore;

import com.github.f4b6a3.uuid.UuidCreator;
import org.axonframework.common.IdentifierFactory;

/**
 * The identifiers of Axon's messages: UUIDs of version 7 (RFC 9562, section 5.7). Those of events come to lie side by side in
 * their index, and none waits for the secure random numbers that nobody needs here: they are names, not secrets. Axon finds
 * this class as a service.
 */
public final class TimeOrderedIdentifiers extends IdentifierFactory {
    @Override
    public String generateIdentifier() {
        return UuidCreator.getTimeOrderedEpochFast().toString();
    }
}
