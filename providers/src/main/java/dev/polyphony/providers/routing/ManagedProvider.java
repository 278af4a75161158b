package dev.polyphony.providers.routing;

import dev.polyphony.providers.config.ProviderConfig;
import dev.polyphony.providers.config.ProviderKind;
import dev.polyphony.providers.management.ProviderView;
import dev.polyphony.providers.management.ProviderView.Circuit;
import dev.polyphony.providers.management.ProviderView.CircuitState;
import dev.polyphony.providers.management.ProviderView.Measured;
import dev.polyphony.providers.management.ProviderView.Status;
import dev.polyphony.providers.resilience.CoolDown;
import dev.polyphony.providers.resilience.GuardedProvider;
import dev.polyphony.providers.resilience.Measurements;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A provider as operators see it now. */
record ManagedProvider(GuardedProvider guarded) {
    private static final double NANOS = 1e9;

    /** Whether it is asked now, and if not, why. */
    private record Availability(Status status, @Nullable String reason) {}

    ProviderConfig config() {
        return guarded.config();
    }

    /** Whether it writes nothing of its own, so that it is no equal of the others. */
    boolean onlySelects() {
        return config().kind() == ProviderKind.EMBEDDED;
    }

    String name() {
        return guarded.name();
    }

    boolean isEnabled() {
        return guarded.settings().enabled();
    }

    String disabledBecause() {
        return Objects.requireNonNullElse(config().disabledReason(), "an operator disabled it");
    }

    ProviderView view() {
        URI endpoint = config().baseUrl();
        CoolDown coolDown = guarded.coolDown();
        Circuit circuit = guarded.circuit();
        Availability availability = availability(coolDown, circuit);
        return new ProviderView(
                name(),
                config().title(),
                config().kind().word(),
                endpoint == null ? null : endpoint.toString(),
                guarded.provider().model(),
                guarded.provider().capabilities(),
                guarded.limits().contextTokens(),
                guarded.settings(),
                guarded.limits().rates(),
                availability.status(),
                availability.reason(),
                coolDown == null ? null : coolDown.until(),
                circuit,
                measured());
    }

    private Availability availability(@Nullable CoolDown coolDown, Circuit circuit) {
        if (!isEnabled()) {
            return new Availability(Status.DISABLED, disabledBecause());
        }
        if (coolDown != null) {
            return new Availability(
                    coolDown.rateLimited() ? Status.RATE_LIMITED : Status.UNAVAILABLE,
                    "left alone until %s: %s".formatted(coolDown.until(), coolDown.why()));
        }
        if (circuit.state() != CircuitState.CLOSED) {
            String until = circuit.nextAttemptAt() == null
                    ? "the next call finds out whether it is well again"
                    : "one call may try from " + circuit.nextAttemptAt();
            return new Availability(
                    Status.UNAVAILABLE, "it failed %d times in a row; %s".formatted(circuit.failuresInARow(), until));
        }
        return guarded.isUsedUp()
                ? new Availability(Status.RATE_LIMITED, "our own limit for it is used up")
                : new Availability(Status.ACTIVE, null);
    }

    private Measured measured() {
        Measurements measurements = guarded.measurements();
        Measurements.Totals totals = measurements.totals();
        Measurements.Recent recent = measurements.recent();
        Duration p95 = measurements.p95();
        return new Measured(
                totals.calls(),
                totals.successes(),
                totals.failures(),
                guarded.running(),
                recent.successRate(),
                recent.meanSeconds(),
                p95 == null ? null : p95.toNanos() / NANOS,
                totals.lastUsedAt(),
                totals.inputTokens(),
                totals.outputTokens(),
                totals.cost());
    }
}
