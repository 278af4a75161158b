package dev.polyphony.audit.proof;

import dev.polyphony.eventstore.chain.StoredHash;
import java.time.Instant;

/**
 * The first line of an export.
 *
 * @param tenant whose events are in it in full
 * @param from the position of the first event
 * @param to the position of the last event; {@code from - 1} when there is none
 * @param previousHash what the first event is chained to
 * @param head the newest event at the time of the export
 */
record ExportHeader(
        String format,
        int version,
        Instant exportedAt,
        String tenant,
        long from,
        long to,
        String previousHash,
        StoredHash head) {
    static final String FORMAT = "polyphony-history";
    static final int VERSION = 1;

    ExportHeader {
        if (!format.equals(FORMAT) || version != VERSION) {
            throw new IllegalArgumentException(
                    "this reads version " + VERSION + " of " + FORMAT + ", not version " + version + " of " + format);
        }
        if (from < 1 || to < from - 1 || head.position() < to) {
            throw new IllegalArgumentException(
                    "it cannot go from " + from + " to " + to + " in a history that ends at " + head.position());
        }
        ExportLine.requireHash(previousHash);
        ExportLine.requireHash(head.hash());
    }
}
