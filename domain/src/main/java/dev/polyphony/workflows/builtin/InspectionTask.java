package dev.polyphony.workflows.builtin;

import dev.polyphony.inspection.Source;
import dev.polyphony.inspection.SourceInspectors;
import dev.polyphony.shared.Json;
import dev.polyphony.shared.JsonValues;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.engine.TaskType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the facts about a source. It takes {@code source} and {@code components}; what the parameters leave out is taken from
 * the run's input. Its output is an {@link dev.polyphony.inspection.Inspection}.
 */
public final class InspectionTask implements TaskType {
    public static final String NAME = "inspection";

    private final SourceInspectors sources;
    private final JsonValues json;

    public InspectionTask(SourceInspectors sources, JsonValues json) {
        this.sources = sources;
        this.json = json;
    }

    private record Parameters(
            @Nullable Source source, @Nullable List<String> components) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Json perform(TenantId tenant, Json parameters, Json runInput) {
        Parameters given = json.read(parameters, Parameters.class);
        Parameters ofRun = json.read(runInput, Parameters.class);
        Source source = given.source() == null ? ofRun.source() : given.source();
        List<String> components = given.components() == null ? ofRun.components() : given.components();
        if (source == null) {
            throw new IllegalArgumentException("neither the step nor the run names a source");
        }
        return json.write(sources.of(tenant).inspect(source, components == null ? List.of() : components));
    }
}
