package dev.polyphony.platform.axon;

import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Whether every event processor of this node runs: read models and automations. */
@Component
@Order(3)
class ProjectionsHealthIndicator implements HealthIndicator {
    private final EventProcessingConfiguration processing;

    ProjectionsHealthIndicator(EventProcessingConfiguration processing) {
        this.processing = processing;
    }

    @Override
    public Health health() {
        return processing.eventProcessors().values().stream()
                .filter(processor -> !processor.isRunning() || processor.isError())
                .map(EventProcessor::getName)
                .sorted()
                .reduce((all, next) -> all + ", " + next)
                .map(names -> Health.down().withDetail("message", "not running: " + names))
                .orElseGet(Health::up)
                .build();
    }
}
