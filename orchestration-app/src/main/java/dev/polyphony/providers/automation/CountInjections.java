package dev.polyphony.providers.automation;

import dev.polyphony.identity.SecurityAlerts;
import dev.polyphony.identity.SecurityAlerts.PromptInjection;
import dev.polyphony.platform.errors.SampledLog;
import dev.polyphony.providers.InjectionAlerts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Counts what looks like a prompt injection, logs the first of them in each minute, and has them recorded as security events. */
@Component
class CountInjections implements InjectionAlerts {
    private static final SampledLog LOG = new SampledLog(LoggerFactory.getLogger(CountInjections.class));

    private final MeterRegistry meters;
    private final SecurityAlerts alerts;

    CountInjections(MeterRegistry meters, SecurityAlerts alerts) {
        this.meters = meters;
        this.alerts = alerts;
        counter(Origin.CALLER, true);
        counter(Origin.CALLER, false);
        counter(Origin.UNTRUSTED, false);
    }

    /** All are there from the start, so that a rate can be told of the first one. */
    private Counter counter(Origin origin, boolean blocked) {
        return Counter.builder("polyphony.prompt.injections")
                .description("Texts that looked like a prompt injection")
                .tag("origin", word(origin))
                .tag("blocked", String.valueOf(blocked))
                .register(meters);
    }

    private static String word(Origin origin) {
        return origin.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void report(InjectionAlert alert) {
        counter(alert.origin(), alert.blocked()).increment();
        alerts.raise(new PromptInjection("", alert.tenant(), word(alert.origin()), alert.blocked()));
        LOG.warn(
                "possible prompt injection ({}) of tenant {} in {}: {}{}",
                word(alert.origin()),
                alert.tenant() == null ? "unknown" : alert.tenant(),
                alert.field(),
                String.join(", ", alert.patterns()),
                alert.blocked() ? "; refused" : "");
    }
}
