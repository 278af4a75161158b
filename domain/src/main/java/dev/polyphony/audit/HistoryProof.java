package dev.polyphony.audit;

import dev.polyphony.shared.TenantId;
import java.io.IOException;
import java.io.OutputStream;

/** Shows that the history was not tampered with, or where it was. Nothing of this delays who writes. */
public interface HistoryProof {
    /**
     * Reads a part of the history and computes its hashes anew, which may take half a minute for each million events. What is written
     * meanwhile is left out.
     *
     * @throws dev.polyphony.shared.Rejection with {@link AuditProblem#EVENT_RANGE_INVALID} when the history has no such part
     */
    VerificationResult verify(PositionRange range);

    /** Compares only the checkpoints that this node has signed with the hashes that are stored now; fast. */
    VerificationResult compareCheckpoints();

    /**
     * Writes a part of the history so that it can be verified elsewhere: the events of one tenant in full, of others only
     * their digests. It is complete when its last line is there. Nothing is written before a rejection.
     *
     * @throws dev.polyphony.shared.Rejection with {@link AuditProblem#EVENT_RANGE_INVALID} when the history has no such part,
     *     and with {@link AuditProblem#HISTORY_DAMAGED} when the event before it or the head is missing, or its first event
     *     cannot be read
     * @throws IOException when {@code out} takes no more
     */
    void export(PositionRange range, TenantId reader, OutputStream out) throws IOException;

    /**
     * Writes what this node has signed so far, one line of JSON for each checkpoint.
     *
     * @throws IOException when they cannot be read, or {@code out} takes no more
     */
    void exportCheckpoints(OutputStream out) throws IOException;

    /** The public key that the checkpoints are signed with, in PEM. */
    String checkpointKey();
}
