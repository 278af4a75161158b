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
    public static final int MOST_RETRIES = 10;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    public ProviderSettings {
        if (priority < 0 || priority > MAX_PRIORITY) {
            throw new IllegalArgumentException("priority is 0 to 1000000, not " + priority);
        }
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("timeout is 1 ms to 24 h, not " + timeout);
        }
        if (maxRetries < 0 || maxRetries > MOST_RETRIES) {
            throw new IllegalArgumentException("max_retries is 0 to 10, not " + maxRetries);
        }
    }
}
