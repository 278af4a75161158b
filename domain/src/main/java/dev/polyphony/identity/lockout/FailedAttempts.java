package dev.polyphony.identity.lockout;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Counts failures to prove who one is, for all nodes together. */
public interface FailedAttempts {
    /**
     * Counts an attempt before it is checked, so that many at once are not more than one after the other.
     *
     * @return empty when it may be checked; otherwise when it is worth trying again
     */
    Optional<Instant> begin(Attempt attempt, Rule rule);

    /** The attempt was right: what was counted for it, and before it, is forgotten. */
    void succeeded(Attempt attempt);

    /** The attempt was right, which says nothing of those before it: only it is forgotten. */
    void uncount(Attempt attempt);

    /**
     * @param address where it comes from; empty for any
     * @param subject who is claimed to be; empty for anybody
     */
    record Attempt(String address, String subject) {
        @Override
        public String toString() {
            return "Attempt[" + address + "]";
        }
    }

    /**
     * @param failures how many are allowed
     * @param lockedFor how long nothing is checked afterwards; failures are forgotten after the same time
     */
    record Rule(int failures, Duration lockedFor) {}
}
