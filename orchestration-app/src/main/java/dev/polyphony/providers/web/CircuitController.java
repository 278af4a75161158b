package dev.polyphony.providers.web;

import dev.polyphony.platform.security.RequiredScope;
import dev.polyphony.providers.management.ProviderQueries;
import dev.polyphony.providers.management.ProviderView;
import dev.polyphony.shared.WordsOf;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The circuit breakers before the enabled providers, as StateSet documents them. */
@RestController
@Tag(name = "Providers")
class CircuitController {
    private final ProviderQueries providers;
    private final Clock clock;

    CircuitController(ProviderQueries providers, Clock clock) {
        this.providers = providers;
        this.clock = clock;
    }

    /**
     * The circuit breakers of this node.
     *
     * @param circuits by the name of the provider
     * @param timestamp when it was looked
     */
    @Schema(name = "CircuitList")
    record Circuits(Map<String, Circuit> circuits, Instant timestamp) {}

    /**
     * The circuit breaker before one provider.
     *
     * @param state {@code closed} (calls go through), {@code open} (none does) or {@code half_open} (one does, to see whether the provider
     *     is well again)
     * @param failureCount failed calls since this node started
     * @param successCount successful calls since this node started
     * @param lastFailureTime when a call failed last; null when none did
     * @param nextAttemptTime when an open circuit lets one call through; null when it is not open
     */
    @Schema(name = "Circuit")
    record Circuit(
            @WordsOf(ProviderView.CircuitState.class) String state,
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

    /** Lists the circuit breakers. One for each enabled provider, as this node sees it. */
    @GetMapping("/circuits")
    @RolesAllowed("OPERATOR")
    @RequiredScope("providers:read")
    Circuits listCircuits() {
        Map<String, Circuit> circuits = new LinkedHashMap<>();
        providers.all().stream()
                .filter(view -> view.settings().enabled())
                .forEach(view -> circuits.put(view.name(), Circuit.of(view.circuit())));
        return new Circuits(circuits, clock.instant());
    }
}
