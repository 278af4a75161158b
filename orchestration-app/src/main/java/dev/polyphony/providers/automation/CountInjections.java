package dev.polyphony.providers.automation;

import dev.polyphony.platform.errors.SampledLog;
import dev.polyphony.providers.InjectionAlerts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Counts what looks like a prompt injection, and logs the first of them in each minute. */
@Component
class CountInjections implements InjectionAlerts {
    private static final SampledLog LOG = new SampledLog(LoggerFactory.getLogger(CountInjections.class));

    private final MeterRegistry meters;

    CountInjections(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void report(InjectionAlert alert) {
        String origin = alert.origin().name().toLowerCase(Locale.ROOT);
        Counter.builder("polyphony.prompt.injections")
                .description("Texts that looked like a prompt injection")
                .tag("origin", origin)
                .tag("blocked", String.valueOf(alert.blocked()))
                .register(meters)
                .increment();
        LOG.warn(
                "possible prompt injection ({}) of tenant {} in {}: {}{}",
                origin,
                alert.tenant() == null ? "unknown" : alert.tenant(),
                alert.field(),
                String.join(", ", alert.patterns()),
                alert.blocked() ? "; refused" : "");
    }
}
