package dev.polyphony.observability.web;

import dev.polyphony.observability.web.HealthReport.Check;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.stereotype.Component;

/**
 * Asks the {@link HealthIndicator} of every context, in their order. What they say holds for a moment, so that many probes cost as
 * much as one. A context contributes its indicator as a bean {@code <name>HealthIndicator}. What is wrong is its detail
 * {@code message}.
 */
@Component
class HealthChecks {
    private static final Logger LOG = LoggerFactory.getLogger(HealthChecks.class);
    private static final String MESSAGE = "message";
    private static final Comparator<HealthContributors.Entry> ORDER =
            Comparator.comparing(HealthContributors.Entry::contributor, AnnotationAwareOrderComparator.INSTANCE);

    private static final Duration VALIDITY = Duration.ofSeconds(2);

    /** Whoever waits for the server to recover hears of it sooner. */
    private static final Duration VALIDITY_OF_BAD_NEWS = Duration.ofMillis(500);

    private final HealthContributorRegistry registry;
    private final Lock running = new ReentrantLock();
    private volatile @Nullable Found last;

    /** @param validUntil in the nanoseconds of this process */
    private record Found(Map<String, Check> checks, long validUntil) {}

    HealthChecks(HealthContributorRegistry registry) {
        this.registry = registry;
    }

    /** The server becomes ready, or begins to stop. */
    @EventListener(AvailabilityChangeEvent.class)
    void forget() {
        last = null;
    }

    /** By the name of the part. */
    Map<String, Check> run() {
        running.lock();
        try {
            Found found = last;
            if (found == null || System.nanoTime() - found.validUntil() >= 0) {
                Map<String, Check> checks = ask();
                boolean healthy = checks.values().stream().allMatch(Check::isHealthy);
                Duration validity = healthy ? VALIDITY : VALIDITY_OF_BAD_NEWS;
                found = new Found(checks, System.nanoTime() + validity.toNanos());
                last = found;
            }
            return found.checks();
        } finally {
            running.unlock();
        }
    }

    private Map<String, Check> ask() {
        Map<String, Check> checks = new LinkedHashMap<>();
        registry.stream().sorted(ORDER).forEach(entry -> {
            if (entry.contributor() instanceof HealthIndicator indicator) {
                checks.put(entry.name(), check(indicator));
            }
        });
        return checks;
    }

    private static Check check(HealthIndicator indicator) {
        long begin = System.nanoTime();
        Health health = health(indicator);
        double millis = Math.round((System.nanoTime() - begin) / 1_000.0) / 1_000.0;
        String word = word(health.getStatus());
        Object message = health.getDetails().get(MESSAGE);
        return new Check(word, millis, word.equals(Check.HEALTHY) || message == null ? null : message.toString());
    }

    /** A check that cannot be made is no reason to answer with something else than health. */
    private static Health health(HealthIndicator indicator) {
        try {
            return Objects.requireNonNull(indicator.health());
        } catch (RuntimeException failure) {
            LOG.warn("a health check failed: {}", failure.toString());
            return Health.down()
                    .withDetail(MESSAGE, "it cannot be checked now; the server's log says why")
                    .build();
        }
    }

    private static String word(Status status) {
        if (status.equals(Status.UP)) {
            return Check.HEALTHY;
        }
        return status.getCode().equals("DEGRADED") ? Check.DEGRADED : Check.UNHEALTHY;
    }
}
