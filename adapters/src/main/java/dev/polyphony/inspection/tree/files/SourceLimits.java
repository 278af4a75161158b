package dev.polyphony.inspection.tree.files;

import java.time.Duration;

/**
 * How much of a source is read. Files beyond the first two limits and files that are too large are left out and counted;
 * a source that breaks one of the others is refused.
 *
 * @param files text files read
 * @param textBytes bytes in them together
 * @param fileBytes bytes in one file; also the longest text that a request may carry
 * @param transferBytes bytes that a git server may send, after decompression by HTTP
 * @param time for the whole inspection, transfer included
 */
public record SourceLimits(int files, long textBytes, int fileBytes, long transferBytes, Duration time) {
    /** 5,000 files, 50 MB of text, 1 MB a file, 50 MB from a git server, one minute. */
    public static final SourceLimits DEFAULTS =
            new SourceLimits(5_000, 50_000_000, 1_000_000, 50_000_000, Duration.ofMinutes(1));

    private static final int ENTRIES_PER_FILE = 20;
    private static final int OBJECTS_PER_ENTRY = 10;
    /** An object's header of one byte and an empty zlib stream of eight. */
    private static final int LEAST_OBJECT_BYTES = 9;

    public SourceLimits {
        if (files < 1 || textBytes < 1 || fileBytes < 1 || transferBytes < 1 || time.isNegative()) {
            throw new IllegalArgumentException("limits on sources are positive, not " + files + " files, " + textBytes
                    + " bytes, " + fileBytes + " bytes a file, " + transferBytes + " bytes transferred, " + time);
        }
    }

    /** Objects that a git server may announce: not more than fit into what it may send, nor than a tree could need. */
    public long objects() {
        return Math.min(transferBytes / LEAST_OBJECT_BYTES, (long) entries() * OBJECTS_PER_ENTRY);
    }

    /** Files and folders looked at, read or not. */
    int entries() {
        return Math.multiplyExact(files, ENTRIES_PER_FILE);
    }
}
