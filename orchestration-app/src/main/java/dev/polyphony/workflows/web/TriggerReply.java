package dev.polyphony.workflows.web;

import dev.polyphony.workflows.RunQueries.StepStatus;
import dev.polyphony.workflows.WorkflowRunId;
import dev.polyphony.workflows.builtin.orchestrator.Orchestrator;
import dev.polyphony.workflows.builtin.orchestrator.Orchestrator.Layer;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An accepted run.
 *
 * @param workflowId names the run; ask for its status with it
 * @param status {@code triggered}
 * @param message the same in a sentence
 * @param estimatedDuration the median of the tenant's last 20 completed runs in words; says so when there is none yet
 * @param layers each layer's state, in order
 */
@Schema(name = "OrchestratorRunAccepted")
record TriggerReply(
        String workflowId,
        @Schema(allowableValues = "triggered") String status,
        String message,
        String estimatedDuration,
        Map<String, String> layers) {
    static TriggerReply of(WorkflowRunId id, @Nullable Duration median) {
        Map<String, String> layers = new LinkedHashMap<>();
        for (Layer layer : Orchestrator.LAYERS) {
            layers.put(layer.step(), word(layers.isEmpty() ? StepStatus.QUEUED : StepStatus.PENDING));
        }
        String estimate = median == null
                ? "unknown: no run has completed yet"
                : String.format(Locale.ROOT, "%.1f seconds", median.toMillis() / 1000.0);
        return new TriggerReply(id.value(), "triggered", "The orchestrator has accepted the run.", estimate, layers);
    }

    static String word(Enum<?> status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
