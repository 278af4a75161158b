package dev.polyphony.observability.automation;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Map;
import java.util.Set;

/**
 * Names and describes what libraries measure as Prometheus' conventions want it: base units only, a text of help for each, and
 * no word that is kept for histograms. {@link ProcessMeters} measures anew what is left out for its unit.
 */
public final class MeterNames implements MeterFilter {
    private static final Set<String> LEFT_OUT = Set.of("process.cpu.time", "jvm.compilation.time");
    private static final Map<String, String> RENAMED = Map.of("system.cpu.count", "system.cpus");
    private static final Map<String, String> DESCRIPTIONS = Map.of(
            "http.server.requests", "Requests, by method, path template, status and outcome",
            "http.server.requests.active", "Requests that are being answered",
            "tomcat.sessions.active.current", "Sessions now; the API has none",
            "tomcat.sessions.active.max", "The most sessions at once",
            "tomcat.sessions.alive.max", "The longest that a session lived",
            "tomcat.sessions.created", "Sessions that were made",
            "tomcat.sessions.expired", "Sessions that have expired",
            "tomcat.sessions.rejected", "Sessions that were refused",
            "tasks.scheduled.execution", "Runs of scheduled tasks",
            "tasks.scheduled.execution.active", "Scheduled tasks that run");

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return LEFT_OUT.contains(id.getName()) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        String name = RENAMED.getOrDefault(id.getName(), id.getName());
        String described = id.getDescription() == null || id.getDescription().isBlank()
                ? DESCRIPTIONS.getOrDefault(id.getName(), "Measured by a library under the name " + id.getName())
                : id.getDescription();
        return new Meter.Id(name, Tags.of(id.getTagsAsIterable()), id.getBaseUnit(), described, id.getType());
    }
}
