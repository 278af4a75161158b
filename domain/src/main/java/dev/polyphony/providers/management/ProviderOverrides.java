package dev.polyphony.providers.management;

import org.jspecify.annotations.Nullable;

/**
 * What operators decided about a provider. What is null is as it is deployed.
 *
 * @param priority lower is asked earlier, 0 to 1000000
 * @param timeoutSeconds the longest that one attempt may take, 1 to 86400
 * @param enabled whether it is asked, where it has its key
 * @param maxRetries how often one request may ask it again before the next provider is asked, 0 to 10
 */
public record ProviderOverrides(
        @Nullable Integer priority,
        @Nullable Integer timeoutSeconds,
        @Nullable Boolean enabled,
        @Nullable Integer maxRetries) {
    /** Nothing was decided. */
    public static final ProviderOverrides NONE = new ProviderOverrides(null, null, null, null);

    private static final int MOST_PRIORITY = 1_000_000;
    private static final int MOST_SECONDS = 86_400;
    private static final int MOST_RETRIES = 10;
    private static final String FIELDS = "at least one of priority, timeout, enabled and max_retries";

    /** The same, when there is one and all of them can be asked for. */
    ProviderOverrides checked() {
        check("priority", priority, 0, MOST_PRIORITY);
        check("timeout", timeoutSeconds, 1, MOST_SECONDS);
        check("max_retries", maxRetries, 0, MOST_RETRIES);
        if (equals(NONE)) {
            throw ManagementProblem.INVALID_CONFIGURATION
                    .because("There is nothing to change; give " + FIELDS + ".")
                    .about("config", null, FIELDS);
        }
        return this;
    }

    private static void check(String field, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            String expected = "%d to %d".formatted(least, most);
            throw ManagementProblem.INVALID_CONFIGURATION
                    .because("'%s' is %s, not %d.".formatted(field, expected, value))
                    .about(field, String.valueOf(value), expected);
        }
    }

    /** These, and the others where these say nothing. */
    ProviderOverrides over(ProviderOverrides others) {
        return new ProviderOverrides(
                priority == null ? others.priority : priority,
                timeoutSeconds == null ? others.timeoutSeconds : timeoutSeconds,
                enabled == null ? others.enabled : enabled,
                maxRetries == null ? others.maxRetries : maxRetries);
    }
}
