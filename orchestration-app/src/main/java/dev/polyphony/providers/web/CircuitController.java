package dev.polyphony.providers.web;

import dev.polyphony.providers.management.ProviderQueries;
import dev.polyphony.providers.management.ProviderView;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The circuit breakers before the enabled providers, as StateSet documents them. Needs no key. */
@RestController
class CircuitController {
    private final ProviderQueries providers;
    private final Clock clock;

    CircuitController(ProviderQueries providers, Clock clock) {
        this.providers = providers;
        this.clock = clock;
    }

    /** @param circuits by the name of the provider */
    record Circuits(Map<String, Circuit> circuits, Instant timestamp) {}

    /**
     * @param failureCount since this node started
     * @param successCount since this node started
     * @param nextAttemptTime when an open circuit lets one call through; null when it is not open
     */
    record Circuit(
            String state,
            long failureCount,
            long successCount,
            @Nullable Instant lastFailureTime,
            @Nullable Instant nextAttemptTime) {
        static Circuit of(ProviderView.Circuit circuit) {
            return new Circuit(
                    circuit.state().word(),
                    circuit.failures(),
                    circuit.successes(),
                    circuit.lastFailureAt(),
                    circuit.nextAttemptAt());
        }
    }

    @GetMapping("/circuits")
    @RolesAllowed("ADMIN")
    Circuits circuits() {
        Map<String, Circuit> circuits = new LinkedHashMap<>();
        providers.all().stream()
                .filter(view -> view.settings().enabled())
                .forEach(view -> circuits.put(view.name(), Circuit.of(view.circuit())));
        return new Circuits(circuits, clock.instant());
    }
}
