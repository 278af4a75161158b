package dev.polyphony.audit;

import org.jspecify.annotations.Nullable;

/**
 * Whether a part of the history is what was once written, as far as hashes and signatures tell.
 *
 * @param valid whether nothing was found that does not fit
 * @param from the first position that was to be checked
 * @param to the last one; the position of the newest event at that time when none was asked for
 * @param checked how many events have the hash that follows from their content and the event before, in order
 * @param withheld how many of these are there as a digest only, so that nothing is known of their content
 * @param firstInvalidPosition where the first event is changed, missing or too many; null when valid
 * @param reason what does not fit there; null when valid
 * @param lastHash the hash of the last of them, in hexadecimal: note it down with its position to compare it later; what the
 *     first is chained to when there are none, and null when that is missing
 * @param checkpointsCompared how many signed checkpoints agree
 */
public record VerificationResult(
        boolean valid,
        long from,
        long to,
        long checked,
        long withheld,
        @Nullable Long firstInvalidPosition,
        @Nullable String reason,
        @Nullable String lastHash,
        int checkpointsCompared) {}
