package dev.polyphony.eventstore.chain;

import java.util.HexFormat;

/**
 * The hash of the event at a position, which stands for everything up to it.
 *
 * @param position 0 before the first event
 * @param hash 64 lower-case hexadecimal digits
 */
public record StoredHash(long position, String hash) {
    public static StoredHash of(long position, byte[] hash) {
        return new StoredHash(position, HexFormat.of().formatHex(hash));
    }

    /** Before the first event. */
    public static StoredHash genesis() {
        return of(0, HashChain.genesis());
    }
}
