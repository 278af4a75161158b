package dev.polyphony.audit.web;

import dev.polyphony.audit.projections.Projection;
import dev.polyphony.audit.projections.Projections;
import dev.polyphony.postgres.FailureDetector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Whether the read models, the webhook router and the automations follow the history. One that does not run, stands still or is far
 * behind is down; one that has put events aside as dead letters works on without them, and is degraded.
 */
@Component
@Order(3)
class ProjectionsHealthIndicator implements HealthIndicator {
    static final Status DEGRADED = new Status("DEGRADED");

    private static final Duration STANDSTILL = Duration.ofSeconds(30);
    private static final long MAX_LAG = 100_000;

    private final EventProcessingConfiguration processing;
    private final Projections projections;
    private final FailureDetector<String> positions = new FailureDetector<>(System::nanoTime);

    ProjectionsHealthIndicator(EventProcessingConfiguration processing, Projections projections) {
        this.processing = processing;
        this.projections = projections;
    }

    @Override
    public Health health() {
        Optional<String> stopped = processing.eventProcessors().values().stream()
                .filter(processor -> !processor.isRunning() || processor.isError())
                .map(EventProcessor::getName)
                .sorted()
                .reduce(ProjectionsHealthIndicator::join);
        if (stopped.isPresent()) {
            return with(Status.DOWN, "not running: " + stopped.get());
        }
        return measured(projections.list());
    }

    private Health measured(List<Projection> all) {
        List<Projection> standing = all.stream().filter(this::standsStill).toList();
        String late = Stream.of(
                        names("standing still: ", standing, _ -> true),
                        names(
                                "more than " + MAX_LAG + " events behind: ",
                                all,
                                ProjectionsHealthIndicator::isFarBehind))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
        if (!late.isEmpty()) {
            return with(Status.DOWN, late);
        }
        return names("dead letters: ", all, projection -> projection.deadLetters() > 0)
                .map(names -> with(DEGRADED, names))
                .orElseGet(() -> Health.up().build());
    }

    private boolean standsStill(Projection projection) {
        boolean caughtUp = projection.lag() == 0;
        boolean unchanged = positions.suspects(projection.name(), List.of(projection.position(), caughtUp), STANDSTILL);
        return unchanged && !caughtUp;
    }

    private static boolean isFarBehind(Projection projection) {
        return projection.lag() > MAX_LAG && !projection.replaying();
    }

    private static Optional<String> names(String what, List<Projection> all, Predicate<Projection> which) {
        return all.stream()
                .filter(which)
                .map(Projection::name)
                .reduce(ProjectionsHealthIndicator::join)
                .map(names -> what + names);
    }

    private static String join(String all, String next) {
        return all + ", " + next;
    }

    private static Health with(Status status, String message) {
        return Health.status(status).withDetail("message", message).build();
    }
}
