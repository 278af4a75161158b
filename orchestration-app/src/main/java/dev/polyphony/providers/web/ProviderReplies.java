package dev.polyphony.providers.web;

import dev.polyphony.providers.RoutingStrategy;
import dev.polyphony.providers.management.ProviderSettings;
import dev.polyphony.providers.management.ProviderTest;
import dev.polyphony.providers.management.ProviderTests;
import dev.polyphony.providers.management.ProviderView.CircuitState;
import dev.polyphony.providers.management.ProviderView.Measured;
import dev.polyphony.providers.management.ProviderView.Status;
import dev.polyphony.providers.management.ProviderView;
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
                List<ProviderView> cards, ProviderTests tests, List<String> chain, RoutingStrategy strategy) {
            return new ListReply(
                    cards.size(),
                    active(cards),
                    cards.stream()
                            .map(card -> Listed.of(card, tests.last(card.name()).orElse(null)))
                            .toList(),
                    chain,
                    strategy.word());
        }
    }

    record Listed(String id, String name, String status, int priority, String providerType, Health health) {
        static Listed of(ProviderView card, @Nullable ProviderTest last) {
            return new Listed(
                    card.name(),
                    card.title(),
                    card.status().word(),
                    card.settings().priority(),
                    card.kind().equals("openai") ? "openai_compatible" : card.kind(),
                    Health.of(card, last));
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
        static Health of(ProviderView card, @Nullable ProviderTest last) {
            Measured measured = card.measured();
            return new Health(
                    status(card, last),
                    measured.successRate(),
                    seconds(measured.meanSeconds()),
                    later(measured.lastUsedAt(), last == null ? null : last.at()),
                    card.circuit().failuresInARow(),
                    card.status() == Status.RATE_LIMITED);
        }

        private static String status(ProviderView card, @Nullable ProviderTest last) {
            if (card.status() == Status.UNAVAILABLE || card.circuit().state() == CircuitState.OPEN) {
                return "unhealthy";
            }
            Instant used = card.measured().lastUsedAt();
            if (last != null && (used == null || last.at().isAfter(used))) {
                return last.passed() ? "healthy" : "degraded";
            }
            return used == null ? "unknown" : card.circuit().failuresInARow() > 0 ? "degraded" : "healthy";
        }

        private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
            return one == null || (other != null && other.isAfter(one)) ? other : one;
        }
    }

    /** The short form. */
    record StatusReply(List<StatusLine> providers, String failoverStrategy, int totalProviders, long activeProviders) {
        static StatusReply of(List<ProviderView> cards, RoutingStrategy strategy) {
            return new StatusReply(
                    cards.stream().map(StatusLine::of).toList(), strategy.word(), cards.size(), active(cards));
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
        static StatusLine of(ProviderView card) {
            return new StatusLine(
                    card.name(),
                    card.settings().priority(),
                    card.status().word(),
                    seconds(card.measured().meanSeconds()),
                    card.measured().successRate(),
                    card.measured().lastUsedAt(),
                    card.reason());
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
        static Details of(ProviderView card) {
            return new Details(
                    card.name(),
                    card.title(),
                    card.status().word(),
                    card.reason(),
                    Configuration.of(card),
                    Metrics.of(card.measured()),
                    new RateLimits(
                            card.limits().requestsPerMinute(), card.limits().tokensPerMinute()));
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
        static Configuration of(ProviderView card) {
            ProviderSettings settings = card.settings();
            return new Configuration(
                    card.endpoint(),
                    card.model(),
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

        static Configured of(ProviderView card, ProviderSettings wanted) {
            boolean lacksSomething = wanted.enabled() && !card.settings().enabled();
            String message = "Provider configuration updated successfully"
                    + (lacksSomething ? ". It is not asked yet: " + card.reason() : "");
            return new Configured(
                    card.name(),
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

    private static long active(List<ProviderView> cards) {
        return cards.stream().filter(card -> card.status() == Status.ACTIVE).count();
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
