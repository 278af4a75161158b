package dev.polyphony.postgres;

import java.time.Duration;

/**
 * How often a PostgreSQL that has died is started again.
 *
 * @param attempts in a row; 0 gives up at once
 * @param firstWait before the first attempt; it doubles with each
 * @param maxWait the longest
 */
public record RestartPolicy(int attempts, Duration firstWait, Duration maxWait) {
    /** @param attempt counted from 1 */
    Duration waitBefore(int attempt) {
        Duration wait = firstWait;
        for (int earlier = 1; earlier < attempt && wait.compareTo(maxWait) < 0; earlier++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(maxWait) < 0 ? wait : maxWait;
    }
}
