package dev.polyphony.audit.proof;

import dev.polyphony.eventstore.chain.StoredHash;
import dev.polyphony.eventstore.checkpoints.Checkpoint;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Signed checkpoints, asked in the order of positions. A signature is checked when its turn comes. */
final class CheckpointVerifier {
    private final Deque<Checkpoint> ahead;
    private final Predicate<Checkpoint> isSigned;
    private long agreed;
    private int compared;

    private CheckpointVerifier(List<Checkpoint> checkpoints, Predicate<Checkpoint> isSigned) {
        this.ahead = new ArrayDeque<>(checkpoints);
        this.isSigned = isSigned;
    }

    /**
     * @param checkpoints in the order of positions
     * @param key what they are to be signed with
     */
    static CheckpointVerifier of(List<Checkpoint> checkpoints, PublicKey key) {
        return new CheckpointVerifier(checkpoints, checkpoint -> checkpoint.isSignedBy(key));
    }

    static CheckpointVerifier none() {
        return new CheckpointVerifier(List.of(), _ -> false);
    }

    int compared() {
        return compared;
    }

    /** Positions below this one are not asked about. */
    void startAt(long position) {
        ahead.removeIf(checkpoint -> checkpoint.position() < position);
    }

    /** Compares a hash with what was signed about its position, and about positions that were left out on the way to it. */
    Optional<IntegrityViolation> compare(StoredHash stored) {
        while (hasNext(stored.position())) {
            Optional<IntegrityViolation> violation = compare(ahead.remove(), stored);
            if (violation.isPresent()) {
                return violation;
            }
        }
        return Optional.empty();
    }

    /** Whether something was signed about a position, or one before it, that has not been asked about. */
    boolean hasNext(long position) {
        return !ahead.isEmpty() && ahead.element().position() <= position;
    }

    /** Whether something that was signed by some time has not come up in a history that ends at {@code end}. */
    Optional<IntegrityViolation> compareEnd(long end, Instant asOf) {
        return ahead.stream()
                .filter(checkpoint -> checkpoint.time().isBefore(asOf))
                .findFirst()
                .map(checkpoint -> isSigned.test(checkpoint) ? missing(checkpoint, end) : notSigned(checkpoint));
    }

    private Optional<IntegrityViolation> compare(Checkpoint checkpoint, StoredHash stored) {
        if (!isSigned.test(checkpoint)) {
            return Optional.of(notSigned(checkpoint));
        }
        if (checkpoint.position() < stored.position()) {
            return Optional.of(missing(checkpoint, stored.position()));
        }
        if (!checkpoint.hash().equals(stored.hash())) {
            return Optional.of(new IntegrityViolation(
                    checkpoint.position(),
                    "the checkpoint of " + checkpoint.time() + " says that event " + checkpoint.position()
                            + " had the hash " + checkpoint.hash() + ", and it has " + stored.hash()
                            + ": one or more of the events after " + agreed + " and up to this one were rewritten"));
        }
        agreed = checkpoint.position();
        compared++;
        return Optional.empty();
    }

    private static IntegrityViolation missing(Checkpoint checkpoint, long end) {
        String signed = ", and the checkpoint of " + checkpoint.time() + " says that there was an event "
                + checkpoint.position();
        return checkpoint.position() > end
                ? new IntegrityViolation(
                        end + 1, "the history ends at " + end + signed + ": the newest events were removed")
                : new IntegrityViolation(
                        checkpoint.position(), "event " + checkpoint.position() + " is missing" + signed);
    }

    private static IntegrityViolation notSigned(Checkpoint checkpoint) {
        return new IntegrityViolation(
                checkpoint.position(),
                "the checkpoint of event " + checkpoint.position() + " is not signed by this key: the checkpoint was"
                        + " changed, or another key has signed it");
    }
}
