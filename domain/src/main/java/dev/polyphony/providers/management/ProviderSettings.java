package dev.polyphony.providers.management;

import java.time.Duration;

/**
 * What operators change about a provider while it runs.
 *
 * @param priority lower is asked earlier, 0 to 1000000
 * @param timeout the longest one attempt may take, 1 ms to 24 h
 * @param enabled whether it is asked
 * @param maxRetries how often one request may ask it again after its first failure, 0 to 10
 */
public record ProviderSettings(int priority, Duration timeout, boolean enabled, int maxRetries) {
    public static final int MAX_PRIORITY = 1_000_000;
    public static final int MAX_RETRIES = 10;
    public static final Duration MIN_TIMEOUT = Duration.ofMillis(1);
    public static final Duration MAX_TIMEOUT = Duration.ofHours(24);

    public ProviderSettings {
        require(priority >= 0 && priority <= MAX_PRIORITY, "priority is 0 to 1000000, not " + priority);
        require(isTimeout(timeout), "timeout is 1 ms to 24 h, not " + timeout);
        require(maxRetries >= 0 && maxRetries <= MAX_RETRIES, "max_retries is 0 to 10, not " + maxRetries);
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException(sentence);
        }
    }

    /** Whether something may take that long at most. */
    public static boolean isTimeout(Duration timeout) {
        return timeout.compareTo(MIN_TIMEOUT) >= 0 && timeout.compareTo(MAX_TIMEOUT) <= 0;
    }

    /** The same, but not asked. */
    public ProviderSettings disabled() {
        return new ProviderSettings(priority, timeout, false, maxRetries);
    }
}
