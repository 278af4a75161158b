package dev.polyphony.providers.routing;

import dev.polyphony.providers.management.ProviderView.Circuit;
import dev.polyphony.providers.management.ProviderView.CircuitState;
import dev.polyphony.providers.management.ProviderView.Measured;
import dev.polyphony.providers.management.ProviderView.Status;
import dev.polyphony.providers.management.ProviderView;
import dev.polyphony.providers.resilience.GuardedProvider.CoolDown;
import dev.polyphony.providers.resilience.GuardedProvider;
import dev.polyphony.providers.resilience.Measurements;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A provider as it was configured and as it is now. */
record ManagedProvider(ConfiguredProvider configured, GuardedProvider guarded) {
    private static final double NANOS = 1e9;

    /** Whether it is asked now, and if not, why. */
    private record Standing(Status status, @Nullable String reason) {}

    String name() {
        return guarded.name();
    }

    boolean isEnabled() {
        return guarded.settings().enabled();
    }

    String disabledBecause() {
        return Objects.requireNonNullElse(configured.disabledBecause(), "an operator disabled it");
    }

    ProviderView card() {
        CoolDown coolDown = guarded.coolDown();
        Circuit circuit = guarded.circuit();
        Standing standing = standing(coolDown, circuit);
        return new ProviderView(
                name(),
                configured.title(),
                configured.kind(),
                configured.endpoint(),
                configured.provider().model(),
                configured.provider().capabilities(),
                guarded.rules().contextTokens(),
                guarded.settings(),
                guarded.rules().limits(),
                standing.status(),
                standing.reason(),
                coolDown == null ? null : coolDown.until(),
                circuit,
                measured());
    }

    private Standing standing(@Nullable CoolDown coolDown, Circuit circuit) {
        if (!isEnabled()) {
            return new Standing(Status.DISABLED, disabledBecause());
        }
        if (coolDown != null) {
            return new Standing(
                    coolDown.rateLimited() ? Status.RATE_LIMITED : Status.UNAVAILABLE,
                    "left alone until %s: %s".formatted(coolDown.until(), coolDown.why()));
        }
        if (circuit.state() != CircuitState.CLOSED) {
            String until = circuit.nextAttemptAt() == null
                    ? "the next call finds out whether it is well again"
                    : "one call may try from " + circuit.nextAttemptAt();
            return new Standing(
                    Status.UNAVAILABLE, "it failed %d times in a row; %s".formatted(circuit.failuresInARow(), until));
        }
        return guarded.isUsedUp()
                ? new Standing(Status.RATE_LIMITED, "our own limit for it is used up")
                : new Standing(Status.ACTIVE, null);
    }

    private Measured measured() {
        Measurements measurements = guarded.measurements();
        Measurements.Totals totals = measurements.totals();
        Measurements.Lately lately = measurements.lately();
        Duration p95 = measurements.p95();
        return new Measured(
                totals.calls(),
                totals.successes(),
                totals.failures(),
                guarded.running(),
                lately.successRate(),
                lately.meanSeconds(),
                p95 == null ? null : p95.toNanos() / NANOS,
                totals.lastUsedAt(),
                totals.inputTokens(),
                totals.outputTokens(),
                totals.cost());
    }
}
