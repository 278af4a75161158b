package dev.polyphony.eventstore.chain;

/**
 * An event in its place.
 *
 * @param position its place in the whole history, from 1 without gaps, in the order of commits
 * @param hash chains it to the event before it, see {@link HashChain}; treat it as immutable
 */
@SuppressWarnings(
        "ArrayRecordComponent") // 32 bytes that are compared by HashChain only; a wrapper would cost each read an
// object
public record StoredEvent(long position, EventContent content, byte[] hash) {}
