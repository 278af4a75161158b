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

    public SourceLimits {
        if (files < 1 || textBytes < 1 || fileBytes < 1 || transferBytes < 1 || time.isNegative()) {
            throw new IllegalArgumentException("limits on sources are positive, not " + files + " files, " + textBytes
                    + " bytes, " + fileBytes + " bytes a file, " + transferBytes + " bytes transferred, " + time);
        }
    }

    /** Files and folders looked at, read or not. */
    int entries() {
        return Math.multiplyExact(files, ENTRIES_PER_FILE);
    }
}
