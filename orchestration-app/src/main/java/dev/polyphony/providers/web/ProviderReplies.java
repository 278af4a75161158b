package dev.polyphony.providers.web;

import dev.polyphony.providers.RoutingStrategy;
import dev.polyphony.providers.management.ProviderSettings;
import dev.polyphony.providers.management.ProviderTest;
import dev.polyphony.providers.management.ProviderTests;
import dev.polyphony.providers.management.ProviderView;
import dev.polyphony.providers.management.ProviderView.CircuitState;
import dev.polyphony.providers.management.ProviderView.Measured;
import dev.polyphony.providers.management.ProviderView.Status;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Providers in AMAS's words. Times are in seconds; what was not measured yet is null. */
final class ProviderReplies {
    private static final double MILLIS = 1_000.0;

    private ProviderReplies() {}

    /** Every provider with its health. */
    record ListReply(
            int totalProviders,
            long activeProviders,
            List<Listed> providers,
            List<String> fallbackChain,
            String selectionStrategy) {
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

    record Listed(String id, String name, String status, int priority, String providerType, Health health) {
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
     * @param status {@code healthy}, {@code degraded} (the last call failed), {@code unhealthy} (it is not asked because of its
     *     failures) or {@code unknown} (it was not asked yet)
     */
    record Health(
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

    /** The short form. */
    record StatusReply(List<StatusLine> providers, String failoverStrategy, int totalProviders, long activeProviders) {
        static StatusReply of(List<ProviderView> views, RoutingStrategy strategy) {
            return new StatusReply(
                    views.stream().map(StatusLine::of).toList(), strategy.word(), views.size(), active(views));
        }
    }

    record StatusLine(
            String name,
            int priority,
            String status,
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

    /** @param reason why it is not active; null when it is */
    record Details(
            String id,
            String name,
            String status,
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
     * @param maxTokens null: each request says it
     * @param temperature null: each request says it
     */
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

    /** Our own, not the vendor's; null where there is none. */
    record RateLimits(
            @Nullable Integer requestsPerMinute, @Nullable Integer tokensPerMinute) {}

    /** What was decided. */
    record Configured(String provider, Settings config, String status, String message) {
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

    /**
     * How the provider fared when it was tried.
     *
     * @param modelListed whether its list of models names ours; null when it showed none
     * @param steps in the order in which they were taken
     */
    record Tested(
            String providerId,
            String testStatus,
            double responseTime,
            Results testResults,
            @Nullable Boolean modelListed,
            List<Step> steps,
            @Nullable String reason) {
        record Results(String connectivity, String authentication, String modelAccess, String responseQuality) {}

        /** @param problem what went wrong; null when nothing did */
        record Step(String step, String result, @Nullable String problem) {
            static Step of(String name, ProviderTest.Step step) {
                return new Step(name, step.verdict().word(), step.problem());
            }
        }

        static Tested of(String name, ProviderTest test) {
            Results results = new Results(
                    test.connectivity().verdict().word(),
                    test.authentication().verdict().word(),
                    test.modelAccess().verdict().word(),
                    test.responseQuality().verdict().word());
            double seconds = Math.round(test.duration().toNanos() / 1_000_000.0) / MILLIS;
            return new Tested(
                    name,
                    test.passed() ? "success" : "failed",
                    seconds,
                    results,
                    listed(test.modelListed().verdict()),
                    List.of(
                            Step.of("connectivity", test.connectivity()),
                            Step.of("authentication", test.authentication()),
                            Step.of("model_listed", test.modelListed()),
                            Step.of("model_access", test.modelAccess()),
                            Step.of("response_quality", test.responseQuality())),
                    test.reason());
        }

        private static @Nullable Boolean listed(ProviderTest.Verdict verdict) {
            return switch (verdict) {
                case PASS -> true;
                case FAIL -> false;
                case NOT_TESTED -> null;
            };
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
