package dev.polyphony.workflows.builtin.orchestrator;

import dev.polyphony.inspection.Inspection;
import dev.polyphony.shared.Json;
import dev.polyphony.shared.JsonValues;
import dev.polyphony.workflows.RunQueries.RunView;
import dev.polyphony.workflows.RunQueries.StepResult;
import dev.polyphony.workflows.RunQueries.StepStatus;
import dev.polyphony.workflows.RunQueries.StepView;
import dev.polyphony.workflows.builtin.orchestrator.Orchestrator.Layer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A run of the orchestrator, told in its layers.
 *
 * @param layers in order
 */
public record OrchestratorRun(RunView run, List<LayerView> layers) {
    /**
     * @param step as the run knows it
     * @param status the first layer's begins with the inspection
     * @param result null until it is completed
     */
    public record LayerView(
            Layer layer,
            StepView step,
            StepStatus status,
            @Nullable LayerResult result) {}

    /**
     * @param output what it said
     * @param inspection the facts, for the first layer; otherwise, and once they are erased, null
     */
    public record LayerResult(
            StepResult step, LayerOutput output, @Nullable Inspection inspection) {}

    static OrchestratorRun of(RunView run, JsonValues json) {
        Map<String, StepView> steps = run.steps().stream()
                .collect(Collectors.toMap(view -> view.step().name(), Function.identity()));
        return new OrchestratorRun(
                run,
                Orchestrator.LAYERS.stream()
                        .map(layer -> layer(layer, steps, json))
                        .toList());
    }

    private static LayerView layer(Layer layer, Map<String, StepView> steps, JsonValues json) {
        StepView step = Objects.requireNonNull(steps.get(layer.step()));
        if (!layer.equals(Orchestrator.LAYERS.getFirst())) {
            return new LayerView(layer, step, step.status(), result(step, null, json));
        }
        StepView inspection = Objects.requireNonNull(steps.get(Orchestrator.INSPECTION));
        return new LayerView(layer, step, status(step, inspection), result(step, inspection.result(), json));
    }

    private static StepStatus status(StepView step, StepView inspection) {
        if (inspection.status() != StepStatus.COMPLETED) {
            return inspection.status();
        }
        return switch (step.status()) {
            case PENDING, QUEUED -> StepStatus.RUNNING;
            default -> step.status();
        };
    }

    private static @Nullable LayerResult result(StepView step, @Nullable StepResult inspection, JsonValues json) {
        StepResult result = step.result();
        if (result == null) {
            return null;
        }
        LayerOutput output =
                result.output().isNull() ? LayerOutput.ERASED : json.read(result.output(), LayerOutput.class);
        Json facts = inspection == null ? Json.NULL : inspection.output();
        return new LayerResult(result, output, facts.isNull() ? null : json.read(facts, Inspection.class));
    }
}
