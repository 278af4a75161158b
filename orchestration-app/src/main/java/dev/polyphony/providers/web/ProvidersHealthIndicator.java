package dev.polyphony.providers.web;

import dev.polyphony.providers.ModelRouter;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Whether there is a model to ask. */
@Component
@Order(4)
class ProvidersHealthIndicator implements HealthIndicator {
    private final ModelRouter models;

    ProvidersHealthIndicator(ModelRouter models) {
        this.models = models;
    }

    @Override
    public Health health() {
        return models.providers().isEmpty()
                ? Health.down()
                        .withDetail("message", "no model provider is enabled")
                        .build()
                : Health.up().build();
    }
}
