package dev.polyphony.eventstore.chain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Chains events with SHA-256 (FIPS 180-4). The digest of an event covers every field, each as its length in UTF-8 bytes (four
 * bytes, big-endian) and those bytes; numbers are written in decimal, the time as microseconds since 1970. The hash of an
 * event covers the hash before it, its position (eight bytes, big-endian) and its digest, in this order.
 *
 * <p>The two steps let a history be proved to somebody who may not see all of it: where the content is withheld, its digest
 * takes its place.
 */
public final class HashChain {
    public static final int HASH_BYTES = 32;

    private HashChain() {}

    /** What the first event is chained to: 32 zero bytes. */
    public static byte[] genesis() {
        return new byte[HASH_BYTES];
    }

    public static byte[] digest(EventContent event) {
        MessageDigest digest = sha256();
        field(digest, event.eventId());
        field(digest, event.type());
        field(digest, String.valueOf(event.revision()));
        field(digest, event.aggregateType());
        field(digest, event.aggregateId());
        field(digest, String.valueOf(event.sequence()));
        field(digest, event.tenant());
        field(digest, event.actor());
        field(digest, event.correlationId());
        field(digest, event.causationId());
        field(digest, String.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, event.occurredAt())));
        field(digest, event.payload());
        return digest.digest();
    }

    /** The hash of the event at {@code position}, whose predecessor has the hash {@code previous}. */
    public static byte[] link(byte[] previous, long position, byte[] digest) {
        MessageDigest link = sha256();
        link.update(previous);
        link.update(ByteBuffer.allocate(Long.BYTES).putLong(position).flip());
        return link.digest(digest);
    }

    private static void field(MessageDigest digest, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
