package dev.polyphony.workflows.web;

import dev.polyphony.inspection.Source;
import dev.polyphony.inspection.SourceInspectors;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.shared.Json;
import dev.polyphony.shared.JsonValues;
import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.RunOptions;
import dev.polyphony.workflows.RunOptions.Priority;
import dev.polyphony.workflows.WorkflowProblem;
import dev.polyphony.workflows.builtin.orchestrator.Orchestrator;
import dev.polyphony.workflows.builtin.orchestrator.OrchestratorInput;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks a trigger before anything is started. */
@Component
class TriggerRules {
    private static final String ALL = "all";
    private static final List<String> PRIORITIES = Arrays.stream(Priority.values())
            .map(priority -> priority.name().toLowerCase(Locale.ROOT))
            .toList();

    private final SourceInspectors sources;
    private final ModelRouter models;
    private final JsonValues json;

    TriggerRules(SourceInspectors sources, ModelRouter models, JsonValues json) {
        this.sources = sources;
        this.models = models;
        this.json = json;
    }

    /** What a trigger asks for, in the words of a run. */
    record Trigger(Json input, RunOptions options) {}

    Trigger check(TenantId tenant, TriggerBody body) {
        String mode = oneOf("orchestration_mode", body.orchestrationMode(), "intelligent", Orchestrator.MODES);
        String priority = oneOf("priority_level", body.priorityLevel(), "normal", PRIORITIES);
        List<String> components = listOf("target_components", body.targetComponents(), Orchestrator.COMPONENTS);
        List<String> providers = listOf("ai_providers", body.aiProviders(), models.providers());
        Source source = source(body);
        sources.of(tenant).admit(source);
        return new Trigger(
                json.write(new OrchestratorInput(source, mode, components)),
                new RunOptions(Priority.valueOf(priority.toUpperCase(Locale.ROOT)), List.of(), null, providers));
    }

    private static Source source(TriggerBody body) {
        if (body.repository() != null && body.input() != null) {
            throw WorkflowProblem.INVALID_CONFIGURATION
                    .because("Send either 'repository' or 'input', not both.")
                    .about("input", null, "absent when 'repository' is given");
        }
        if (body.input() != null) {
            if (body.ref() != null || body.path() != null || body.token() != null) {
                throw WorkflowProblem.INVALID_CONFIGURATION
                        .because("'ref', 'path' and 'token' are about a repository, not about a text in 'input'.")
                        .about("input", null, "absent when 'ref', 'path' or 'token' is given");
            }
            return new Source.Text(body.input());
        }
        String repository = body.repository() == null ? "." : body.repository();
        return new Source.Repository(repository, body.ref(), body.path(), body.token());
    }

    private static String oneOf(String field, @Nullable String given, String otherwise, Collection<String> known) {
        String value = given == null ? otherwise : given.strip();
        if (!known.contains(value)) {
            throw unknown(field, value, known);
        }
        return value;
    }

    /** Empty means all. */
    private static List<String> listOf(String field, @Nullable String given, Collection<String> known) {
        if (given == null || given.strip().equals(ALL)) {
            return List.of();
        }
        List<String> values = Arrays.stream(given.split(",", -1))
                .map(String::strip)
                .distinct()
                .toList();
        for (String value : values) {
            if (!known.contains(value)) {
                throw unknown(field, value, known);
            }
        }
        return values;
    }

    private static Rejection unknown(String field, String value, Collection<String> known) {
        String expected = String.join(", ", known);
        return WorkflowProblem.INVALID_CONFIGURATION
                .because("'" + field + "' does not know '" + value + "'. It takes: " + expected + ".")
                .about(field, value, expected);
    }
}
