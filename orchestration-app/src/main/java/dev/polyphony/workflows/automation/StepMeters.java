package dev.polyphony.workflows.automation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** How busy this node is with steps. */
@Component
class StepMeters implements MeterBinder {
    private final StepExecutor executor;

    StepMeters(StepExecutor executor) {
        this.executor = executor;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("polyphony.steps.running", executor, StepExecutor::running)
                .description("Steps that this node works on")
                .register(meters);
        Gauge.builder("polyphony.steps.waiting", executor, StepExecutor::waiting)
                .description("Steps that wait on this node for one to end")
                .register(meters);
    }
}
