package dev.polyphony.audit.proof;

import dev.polyphony.audit.VerificationResult;
import dev.polyphony.eventstore.chain.HashChain;
import dev.polyphony.eventstore.chain.StoredHash;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows the chain link by link, wherever the links come from, and compares it with what was signed. The first violation ends the
 * check: nothing that follows it can be told apart from it.
 */
final class ChainVerifier {
    private final StoredHash start;
    private final long to;
    private final CheckpointVerifier checkpoints;
    private long position;
    private byte[] hash;
    private long withheld;
    private @Nullable IntegrityViolation violation;

    /**
     * @param start what the first link is chained to
     * @param to the position of the last link
     */
    ChainVerifier(StoredHash start, long to, CheckpointVerifier checkpoints) {
        this.start = start;
        this.to = to;
        this.checkpoints = checkpoints;
        this.position = start.position();
        this.hash = HexFormat.of().parseHex(start.hash());
        checkpoints.startAt(start.position());
        compareWithCheckpoints(position);
    }

    /**
     * The next link.
     *
     * @param digest of the content, see {@link HashChain#digest}; it may overflow, as no time of ours does
     * @param stored the hash that is kept with it
     * @return whether to go on
     */
    boolean accept(long next, Supplier<byte[]> digest, byte[] stored) {
        if (violation != null) {
            return false;
        }
        if (next != position + 1) {
            fail(misplaced(next));
            return false;
        }
        Optional<byte[]> expected = hashOf(next, digest);
        if (expected.isEmpty() || !Arrays.equals(expected.get(), stored)) {
            fail(new IntegrityViolation(
                    next,
                    "event " + next + " is not what was written: its hash "
                            + HexFormat.of().formatHex(stored)
                            + " does not follow from its content and the hash of the event before it"));
            return false;
        }
        position = next;
        hash = stored;
        compareWithCheckpoints(next);
        return violation == null;
    }

    /** The next link, of whose content only the digest is there. */
    boolean acceptWithheld(long next, Supplier<byte[]> digest, byte[] stored) {
        long before = position;
        boolean goesOn = accept(next, digest, stored);
        withheld += position - before;
        return goesOn;
    }

    private Optional<byte[]> hashOf(long next, Supplier<byte[]> digest) {
        try {
            return Optional.of(HashChain.link(hash, next, digest.get()));
        } catch (ArithmeticException noTimeOfOurs) {
            return Optional.empty();
        }
    }

    private IntegrityViolation misplaced(long next) {
        return next > position
                ? new IntegrityViolation(
                        position + 1, "event " + (position + 1) + " is missing: " + next + " follows " + position)
                : new IntegrityViolation(next, "event " + next + " is out of place: it follows " + position);
    }

    private void compareWithCheckpoints(long reached) {
        if (checkpoints.hasNext(reached)) {
            checkpoints.compare(last()).ifPresent(this::fail);
        }
    }

    /** After the last link of a part that need not be the whole history. */
    void end() {
        if (position < to) {
            fail(new IntegrityViolation(
                    position + 1, "event " + (position + 1) + " is missing, and everything up to " + to));
        }
    }

    /**
     * After the last link of a part that reaches the head.
     *
     * @param asOf later checkpoints may know of later events
     */
    void endAtHead(StoredHash head, Instant asOf) {
        end();
        if (!last().equals(head)) {
            fail(new IntegrityViolation(
                    head.position(),
                    "the head says that event " + head.position() + " has the hash " + head.hash() + ", and it has "
                            + last().hash()));
        }
        checkpoints.compareEnd(position, asOf).ifPresent(this::fail);
    }

    /** Only the first counts. */
    void fail(IntegrityViolation found) {
        if (violation == null) {
            violation = found;
        }
    }

    /** What the next link has to be chained to. */
    StoredHash last() {
        return StoredHash.of(position, hash);
    }

    VerificationResult result() {
        return new VerificationResult(
                violation == null,
                start.position() + 1,
                to,
                position - start.position(),
                withheld,
                Optional.ofNullable(violation).map(IntegrityViolation::position).orElse(null),
                Optional.ofNullable(violation).map(IntegrityViolation::reason).orElse(null),
                last().hash(),
                checkpoints.compared());
    }
}
