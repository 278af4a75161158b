package dev.polyphony.audit.automation;

import dev.polyphony.audit.projections.Projection;
import dev.polyphony.audit.projections.Projections;
import dev.polyphony.platform.metrics.Sample;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** How far read models and automations are behind the history, and what they have put aside: of the whole server. */
@Component
class ProjectionMeters {
    private final Projections projections;
    private final MeterRegistry meters;
    private final Sample<List<Projection>> sample;

    ProjectionMeters(Projections projections, MeterRegistry meters) {
        this.projections = projections;
        this.meters = meters;
        this.sample = new Sample<>(projections::list);
    }

    @EventListener(ApplicationReadyEvent.class)
    void measure() {
        projections.list().stream().map(Projection::name).forEach(name -> {
            gauge("polyphony.projection.lag", "events", name, Projection::lag)
                    .description("Events of the history that the projection has not handled yet")
                    .register(meters);
            gauge("polyphony.projection.dead", "letters", name, Projection::deadLetters)
                    .description("Events that the projection has put aside")
                    .register(meters);
        });
    }

    private Gauge.Builder<?> gauge(String meter, String unit, String name, ToDoubleFunction<Projection> part) {
        return Gauge.builder(meter, () -> sample.number(all -> number(all, name, part)))
                .tag("projection", name)
                .baseUnit(unit);
    }

    private static double number(List<Projection> all, String name, ToDoubleFunction<Projection> part) {
        return all.stream()
                .filter(projection -> projection.name().equals(name))
                .mapToDouble(part)
                .findFirst()
                .orElse(Double.NaN);
    }
}
