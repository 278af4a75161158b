package dev.polyphony.observability.automation;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import org.springframework.stereotype.Component;

/** Times of the process in seconds. */
@Component
class ProcessMeters implements MeterBinder {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;

    @Override
    public void bindTo(MeterRegistry meters) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            FunctionCounter.builder("process.cpu", system, it -> it.getProcessCpuTime() / NANOS_PER_SECOND)
                    .baseUnit("seconds")
                    .description("Time that the process was on a processor")
                    .register(meters);
        }
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        if (compiler != null && compiler.isCompilationTimeMonitoringSupported()) {
            FunctionCounter.builder("jvm.compilation", compiler, it -> it.getTotalCompilationTime() / MILLIS_PER_SECOND)
                    .baseUnit("seconds")
                    .description("Time that the JVM spent on compiling")
                    .register(meters);
        }
    }
}
