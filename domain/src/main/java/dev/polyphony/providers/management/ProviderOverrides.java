package dev.polyphony.providers.management;

import java.time.Duration;
import java.util.Objects;
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

    private static final String FIELDS = "at least one of priority, timeout, enabled and max_retries";

    /** The same, when there is one and all of them can be asked for. */
    ProviderOverrides checked() {
        check("priority", priority, 0, ProviderSettings.MAX_PRIORITY);
        check("timeout", timeoutSeconds, 1, (int) ProviderSettings.MAX_TIMEOUT.toSeconds());
        check("max_retries", maxRetries, 0, ProviderSettings.MAX_RETRIES);
        if (equals(NONE)) {
            throw ManagementProblem.INVALID_CONFIGURATION
                    .because("There is nothing to change; give " + FIELDS + ".")
                    .about("config", null, FIELDS);
        }
        return this;
    }

    private static void check(String field, @Nullable Integer value, int min, int max) {
        if (value != null && (value < min || value > max)) {
            String expected = "%d to %d".formatted(min, max);
            throw ManagementProblem.INVALID_CONFIGURATION
                    .because("'%s' is %s, not %d.".formatted(field, expected, value))
                    .about(field, String.valueOf(value), expected);
        }
    }

    /** These, and the others where these say nothing. */
    ProviderOverrides over(ProviderOverrides others) {
        return new ProviderOverrides(
                or(priority, others.priority),
                or(timeoutSeconds, others.timeoutSeconds),
                or(enabled, others.enabled),
                or(maxRetries, others.maxRetries));
    }

    /** These, and the deployment where these say nothing. */
    public ProviderSettings over(ProviderSettings deployed) {
        return new ProviderSettings(
                Objects.requireNonNullElse(priority, deployed.priority()),
                timeoutSeconds == null ? deployed.timeout() : Duration.ofSeconds(timeoutSeconds),
                Objects.requireNonNullElse(enabled, deployed.enabled()),
                Objects.requireNonNullElse(maxRetries, deployed.maxRetries()));
    }

    private static <T> @Nullable T or(@Nullable T here, @Nullable T there) {
        return here == null ? there : here;
    }
}
