package dev.polyphony.providers.automation;

import dev.polyphony.platform.metrics.Sample;
import dev.polyphony.providers.management.ProviderQueries;
import dev.polyphony.providers.management.ProviderView;
import dev.polyphony.providers.management.ProviderView.CircuitState;
import dev.polyphony.providers.management.ProviderView.Status;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** How the providers of this node fare. Their names are those that the operator has configured. */
@Component
class CircuitMeters implements MeterBinder {
    private final ProviderQueries providers;
    private final Sample<List<ProviderView>> sample;

    CircuitMeters(ProviderQueries providers) {
        this.providers = providers;
        this.sample = new Sample<>(providers::all);
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        providers.all().stream().map(ProviderView::name).forEach(name -> {
            for (CircuitState state : CircuitState.values()) {
                gauge("polyphony.provider.circuit", name, view -> view.circuit().state() == state ? 1 : 0)
                        .tag("state", state.word())
                        .description("1 for the state that the provider's circuit breaker is in, 0 for the others")
                        .register(meters);
            }
            gauge("polyphony.provider.available", name, view -> view.status() == Status.ACTIVE ? 1 : 0)
                    .description("1 when the provider would be asked now, 0 when not")
                    .register(meters);
            gauge("polyphony.provider.running", name, view -> view.measured().running())
                    .baseUnit("calls")
                    .description("Calls of the provider at this moment")
                    .register(meters);
        });
    }

    private Gauge.Builder<?> gauge(String meter, String name, ToDoubleFunction<ProviderView> part) {
        return Gauge.builder(meter, () -> sample.number(all -> number(all, name, part)))
                .tag("provider", name);
    }

    private static double number(List<ProviderView> all, String name, ToDoubleFunction<ProviderView> part) {
        return all.stream()
                .filter(view -> view.name().equals(name))
                .mapToDouble(part)
                .findFirst()
                .orElse(Double.NaN);
    }
}
