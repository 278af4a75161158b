package dev.polyphony.observability.web;

import dev.polyphony.observability.web.HealthReport.Check;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.stereotype.Component;

/**
 * Asks the {@link HealthIndicator} of every context now, in their order; nothing is cached. A context contributes its
 * indicator as a bean {@code <name>HealthIndicator}. What is wrong is its detail {@code message}.
 */
@Component
class HealthChecks {
    private static final String MESSAGE = "message";
    private static final Comparator<HealthContributors.Entry> ORDER =
            Comparator.comparing(HealthContributors.Entry::contributor, AnnotationAwareOrderComparator.INSTANCE);

    private final HealthContributorRegistry registry;

    HealthChecks(HealthContributorRegistry registry) {
        this.registry = registry;
    }

    /** By the name of the part. */
    Map<String, Check> run() {
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
        Health health = Objects.requireNonNull(indicator.health());
        double millis = Math.round((System.nanoTime() - begin) / 1_000.0) / 1_000.0;
        boolean healthy = health.getStatus().equals(Status.UP);
        Object message = health.getDetails().get(MESSAGE);
        return new Check(
                healthy ? "healthy" : "unhealthy", millis, healthy || message == null ? null : message.toString());
    }
}
