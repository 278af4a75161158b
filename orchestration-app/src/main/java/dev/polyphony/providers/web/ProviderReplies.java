package dev.polyphony.providers.web;

import dev.polyphony.providers.RoutingStrategy;
import dev.polyphony.providers.management.ProviderSettings;
import dev.polyphony.providers.management.ProviderTest;
import dev.polyphony.providers.management.ProviderTests;
import dev.polyphony.providers.management.ProviderView;
import dev.polyphony.providers.management.ProviderView.CircuitState;
import dev.polyphony.providers.management.ProviderView.Measured;
import dev.polyphony.providers.management.ProviderView.Status;
import dev.polyphony.shared.WordsOf;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Providers in AMAS's words. Times are in seconds; what was not measured yet is null. */
final class ProviderReplies {
    private static final double MILLIS = 1_000.0;

    private ProviderReplies() {}

    /**
     * Every provider with its health.
     *
     * @param totalProviders how many are configured
     * @param activeProviders how many of them may be asked now
     * @param providers each of them, in the order of its priority
     * @param fallbackChain the names of those that are asked, in order
     * @param selectionStrategy how the order is chosen
     */
    @Schema(name = "ProviderList")
    record ListReply(
            int totalProviders,
            long activeProviders,
            List<Listed> providers,
            List<String> fallbackChain,
            @WordsOf(RoutingStrategy.class) String selectionStrategy) {
        static ListReply of(
                List<ProviderView> views, ProviderTests tests, List<String> chain, RoutingStrategy strategy) {
            return new ListReply(
                    views.size(),
                    active(views),
                    views.stream()
                            .map(view -> Listed.of(view, tests.last(view.name()).orElse(null)))
                            .toList(),
                    chain,
                    strategy.word());
        }
    }

    /**
     * A provider with its health.
     *
     * @param id its configured name, which the other operations take
     * @param name its title
     * @param status whether it is asked now
     * @param priority lower is asked earlier
     * @param providerType how it is talked to, such as {@code openai_compatible}, {@code anthropic} or {@code embedded}
     * @param health how it fares
     */
    @Schema(name = "ProviderSummary")
    record Listed(
            String id,
            String name,
            @WordsOf(Status.class) String status,
            int priority,
            String providerType,
            Health health) {
        static Listed of(ProviderView view, @Nullable ProviderTest last) {
            return new Listed(
                    view.name(),
                    view.title(),
                    view.status().word(),
                    view.settings().priority(),
                    view.kind().equals("openai") ? "openai_compatible" : view.kind(),
                    Health.of(view, last));
        }
    }

    /**
     * How a provider fares, as this node sees it. What was not measured yet is null.
     *
     * @param status {@code healthy}, {@code degraded} (the last call failed), {@code unhealthy} (it is not asked because of its failures) or
     *     {@code unknown} (it was not asked yet)
     * @param successRate successful calls of all calls, 0 to 1; null before the first
     * @param avgResponseTime mean time of a call in seconds; null before the first
     * @param lastChecked when it was last called or tested; null when it never was
     * @param consecutiveFailures failed calls since the last successful one
     * @param rateLimited whether the vendor's limit or our own is used up
     */
    @Schema(name = "ProviderHealth")
    record Health(
            @Schema(allowableValues = {"healthy", "degraded", "unhealthy", "unknown"})
            String status,

            @Nullable Double successRate,
            @Nullable Double avgResponseTime,
            @Nullable Instant lastChecked,
            int consecutiveFailures,
            boolean rateLimited) {
        static Health of(ProviderView view, @Nullable ProviderTest last) {
            Measured measured = view.measured();
            return new Health(
                    status(view, last),
                    measured.successRate(),
                    seconds(measured.meanSeconds()),
                    later(measured.lastUsedAt(), last == null ? null : last.at()),
                    view.circuit().failuresInARow(),
                    view.status() == Status.RATE_LIMITED);
        }

        private static String status(ProviderView view, @Nullable ProviderTest last) {
            if (view.status() == Status.UNAVAILABLE || view.circuit().state() == CircuitState.OPEN) {
                return "unhealthy";
            }
            Instant used = view.measured().lastUsedAt();
            if (last != null && (used == null || last.at().isAfter(used))) {
                return last.passed() ? "healthy" : "degraded";
            }
            return used == null ? "unknown" : view.circuit().failuresInARow() > 0 ? "degraded" : "healthy";
        }

        private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
            return one == null || (other != null && other.isAfter(one)) ? other : one;
        }
    }

    /**
     * Every provider in the short form.
     *
     * @param providers each of them
     * @param failoverStrategy how the order is chosen
     * @param totalProviders how many are configured
     * @param activeProviders how many of them may be asked now
     */
    @Schema(name = "ProviderStatusList")
    record StatusReply(
            List<StatusLine> providers,
            @WordsOf(RoutingStrategy.class) String failoverStrategy,
            int totalProviders,
            long activeProviders) {
        static StatusReply of(List<ProviderView> views, RoutingStrategy strategy) {
            return new StatusReply(
                    views.stream().map(StatusLine::of).toList(), strategy.word(), views.size(), active(views));
        }
    }

    /**
     * A provider in the short form.
     *
     * @param name its configured name
     * @param priority lower is asked earlier
     * @param status whether it is asked now
     * @param responseTime mean time of a call in seconds; null before the first
     * @param successRate successful calls of all calls, 0 to 1; null before the first
     * @param lastUsed when it was last called; null when it never was
     * @param reason why it is not active; null when it is
     */
    @Schema(name = "ProviderStatus")
    record StatusLine(
            String name,
            int priority,
            @WordsOf(Status.class) String status,
            @Nullable Double responseTime,
            @Nullable Double successRate,
            @Nullable Instant lastUsed,
            @Nullable String reason) {
        static StatusLine of(ProviderView view) {
            return new StatusLine(
                    view.name(),
                    view.settings().priority(),
                    view.status().word(),
                    seconds(view.measured().meanSeconds()),
                    view.measured().successRate(),
                    view.measured().lastUsedAt(),
                    view.reason());
        }
    }

    /**
     * One provider with its settings and what was measured.
     *
     * @param id its configured name
     * @param name its title
     * @param status whether it is asked now
     * @param reason why it is not active; null when it is
     * @param configuration how it is asked
     * @param metrics what this node has measured since it started
     * @param rateLimits our own limits, not those of the vendor
     */
    @Schema(name = "ProviderDetails")
    record Details(
            String id,
            String name,
            @WordsOf(Status.class) String status,
            @Nullable String reason,
            Configuration configuration,
            Metrics metrics,
            RateLimits rateLimits) {
        static Details of(ProviderView view) {
            return new Details(
                    view.name(),
                    view.title(),
                    view.status().word(),
                    view.reason(),
                    Configuration.of(view),
                    Metrics.of(view.measured()),
                    new RateLimits(
                            view.limits().requestsPerMinute(), view.limits().tokensPerMinute()));
        }
    }

    /**
     * How a provider is asked.
     *
     * @param endpoint the address that is called; null for a model within the server
     * @param model the model that is asked, as its vendor names it
     * @param maxTokens always null: each request says it
     * @param temperature always null: each request says it
     * @param priority lower is asked earlier, 0 to 1000000
     * @param timeout the longest that one attempt may take, in seconds
     * @param enabled whether it is asked
     * @param maxRetries how often one request may ask it again, 0 to 10
     */
    @Schema(name = "ProviderSettings")
    record Configuration(
            @Nullable String endpoint,
            String model,
            @Nullable Integer maxTokens,
            @Nullable Double temperature,
            int priority,
            BigDecimal timeout,
            boolean enabled,
            int maxRetries) {
        static Configuration of(ProviderView view) {
            ProviderSettings settings = view.settings();
            return new Configuration(
                    view.endpoint(),
                    view.model(),
                    null,
                    null,
                    settings.priority(),
                    exactSeconds(settings.timeout()),
                    settings.enabled(),
                    settings.maxRetries());
        }
    }

    /**
     * What this node has measured of a provider since it started.
     *
     * @param totalRequests calls
     * @param successfulRequests calls that were answered
     * @param failedRequests calls that failed
     * @param avgResponseTime mean time of a call in seconds; null before the first
     * @param avgTokensUsed mean number of tokens read and written by an answered call; null when none were counted
     */
    @Schema(name = "ProviderMetrics")
    record Metrics(
            long totalRequests,
            long successfulRequests,
            long failedRequests,
            @Nullable Double avgResponseTime,
            @Nullable Double avgTokensUsed) {
        static Metrics of(Measured measured) {
            long tokens = measured.inputTokens() + measured.outputTokens();
            boolean counted = tokens > 0 && measured.successes() > 0;
            return new Metrics(
                    measured.calls(),
                    measured.successes(),
                    measured.failures(),
                    seconds(measured.meanSeconds()),
                    counted ? Math.round(10.0 * tokens / measured.successes()) / 10.0 : null);
        }
    }

    /**
     * Our own limits, not those of the vendor.
     *
     * @param requestsPerMinute the most requests a minute; null for no limit
     * @param tokensPerMinute the most tokens a minute; null for no limit
     */
    @Schema(name = "ProviderRateLimits")
    record RateLimits(
            @Nullable Integer requestsPerMinute, @Nullable Integer tokensPerMinute) {}

    /**
     * What was decided about a provider.
     *
     * @param provider its configured name
     * @param config how it is asked from now on
     * @param status {@code updated}
     * @param message the same in a sentence, with the reason when it is not asked yet
     */
    @Schema(name = "ProviderSettingsChanged")
    record Configured(String provider, Settings config, String status, String message) {
        /**
         * How a provider is asked from now on.
         *
         * @param priority lower is asked earlier, 0 to 1000000
         * @param timeout the longest that one attempt may take, in seconds
         * @param enabled whether it is asked
         * @param maxRetries how often one request may ask it again, 0 to 10
         */
        @Schema(name = "ProviderSettingsInForce")
        record Settings(int priority, BigDecimal timeout, boolean enabled, int maxRetries) {}

        static Configured of(ProviderView view, ProviderSettings wanted) {
            boolean lacksSomething = wanted.enabled() && !view.settings().enabled();
            String message = "Provider configuration updated successfully"
                    + (lacksSomething ? ". It is not asked yet: " + view.reason() : "");
            return new Configured(
                    view.name(),
                    new Settings(
                            wanted.priority(), exactSeconds(wanted.timeout()), wanted.enabled(), wanted.maxRetries()),
                    "updated",
                    message);
        }
    }

    private static long active(List<ProviderView> views) {
        return views.stream().filter(view -> view.status() == Status.ACTIVE).count();
    }

    /** To the millisecond. */
    private static @Nullable Double seconds(@Nullable Double measured) {
        return measured == null ? null : Math.round(measured * MILLIS) / MILLIS;
    }

    private static BigDecimal exactSeconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }
}
