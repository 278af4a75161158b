package dev.polyphony.observability.web;

import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Down until the first admin key is there, and from the moment that the server begins to stop. */
@Component
@Order(1)
class StartupHealthIndicator implements HealthIndicator {
    private final ApplicationAvailability availability;

    StartupHealthIndicator(ApplicationAvailability availability) {
        this.availability = availability;
    }

    @Override
    public Health health() {
        return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
                ? Health.up().build()
                : Health.down()
                        .withDetail("message", "the server is starting or stopping")
                        .build();
    }
}
