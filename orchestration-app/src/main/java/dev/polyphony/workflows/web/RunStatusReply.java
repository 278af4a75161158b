package dev.polyphony.workflows.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polyphony.agents.AgentId;
import dev.polyphony.inspection.Finding;
import dev.polyphony.inspection.Inspection;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.shared.WordsOf;
import dev.polyphony.workflows.ModelUsage;
import dev.polyphony.workflows.RunQueries.RunStatus;
import dev.polyphony.workflows.RunQueries.RunView;
import dev.polyphony.workflows.RunQueries.StepStatus;
import dev.polyphony.workflows.RunQueries.StepView;
import dev.polyphony.workflows.builtin.orchestrator.LayerOutput.Statement;
import dev.polyphony.workflows.builtin.orchestrator.OrchestratorRun;
import dev.polyphony.workflows.builtin.orchestrator.OrchestratorRun.LayerView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a run is going.
 *
 * @param workflowId names the run
 * @param status how the run is going
 * @param progress completed layers of all layers in percent, 0 to 100
 * @param currentLayer the layer that is queued or running; null when none is
 * @param layers the state of each layer, by its name, in order
 * @param results what each completed layer produced, under the result's name
 * @param aiProvidersUsed who replied, in order, without repetition
 * @param estimatedCompletion start plus the median duration of earlier runs; null when it has ended, is late, or there is no earlier run
 * @param startedAt when it was accepted
 * @param endedAt when it was completed or failed; null before
 * @param problem the published code of why it failed, such as {@code BUDGET_EXHAUSTED}; null when it has none
 * @param reason why it failed; null otherwise
 * @param subject whom it is about: the id that was sent with the trigger, else the workflow_id
 * @param erased whether the subject was erased, so that texts read {@code [erased]} and facts are gone
 */
@Schema(name = "OrchestratorRun")
record RunStatusReply(
        String workflowId,
        @WordsOf(RunStatus.class) String status,
        int progress,
        @Nullable String currentLayer,
        Map<String, String> layers,
        Map<String, LayerResult> results,
        List<String> aiProvidersUsed,
        @Nullable Instant estimatedCompletion,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String problem,
        @Nullable String reason,
        String subject,
        boolean erased) {
    /**
     * What a completed layer produced. What does not apply to the layer is absent.
     *
     * @param agent the agent that did it; absent when none did
     * @param attempt the attempt that succeeded, from 1
     * @param provider the provider that replied; absent when no model was asked
     * @param model the model that replied, as its vendor names it
     * @param finishReason why the model stopped; {@code extracted} when sentences were selected, not written
     * @param statements the agent's statements with the findings they rest on
     * @param inspection the facts, for the layer that inspected the source
     * @param attempts every call of a provider that led here
     */
    @Schema(name = "LayerResult")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LayerResult(
            @Nullable AgentId agent,
            int attempt,
            @Nullable String provider,
            @Nullable String model,
            @Nullable String finishReason,
            List<CitedStatement> statements,
            @Nullable Inspection inspection,
            List<ModelAttempt> attempts) {}

    /**
     * A statement of an agent with the findings it rests on.
     *
     * @param text the statement
     * @param findings the findings that it cites
     */
    record CitedStatement(String text, List<Finding> findings) {}

    static RunStatusReply of(OrchestratorRun orchestrator, @Nullable Duration median, Instant now) {
        RunView run = orchestrator.run();
        Map<String, String> layers = new LinkedHashMap<>();
        Map<String, LayerResult> results = new LinkedHashMap<>();
        Map<String, Finding> findings = findings(orchestrator.layers());
        for (LayerView layer : orchestrator.layers()) {
            layers.put(layer.layer().step(), TriggerReply.word(layer.status()));
            if (layer.result() != null) {
                results.put(layer.layer().result(), result(layer.step(), layer.result(), findings));
            }
        }
        return new RunStatusReply(
                run.workflowId().value(),
                TriggerReply.word(run.status()),
                100 * results.size() / layers.size(),
                current(orchestrator.layers()),
                layers,
                results,
                results.values().stream()
                        .map(LayerResult::provider)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList(),
                estimate(run, median, now),
                run.startedAt(),
                run.endedAt(),
                run.problem(),
                run.reason(),
                run.subject().id(),
                run.erased());
    }

    private static LayerResult result(
            StepView step, OrchestratorRun.LayerResult result, Map<String, Finding> findings) {
        ModelUsage usage = result.step().usage();
        return new LayerResult(
                step.step().performer(),
                step.attempt(),
                usage == null ? null : usage.provider(),
                usage == null ? null : usage.model(),
                usage == null ? null : usage.finishReason(),
                result.output().statements().stream()
                        .map(statement -> cited(statement, findings))
                        .toList(),
                result.inspection(),
                result.step().attempts());
    }

    private static CitedStatement cited(Statement statement, Map<String, Finding> findings) {
        return new CitedStatement(
                statement.text(),
                statement.findings().stream()
                        .map(findings::get)
                        .filter(Objects::nonNull)
                        .toList());
    }

    private static Map<String, Finding> findings(List<LayerView> layers) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        layers.stream()
                .map(LayerView::result)
                .filter(Objects::nonNull)
                .map(OrchestratorRun.LayerResult::inspection)
                .filter(Objects::nonNull)
                .flatMap(inspection -> inspection.findings().stream())
                .forEach(finding -> findings.put(finding.id(), finding));
        return findings;
    }

    private static @Nullable String current(List<LayerView> layers) {
        return layers.stream()
                .filter(layer -> layer.status() == StepStatus.QUEUED || layer.status() == StepStatus.RUNNING)
                .map(layer -> layer.layer().step())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Instant estimate(RunView run, @Nullable Duration median, Instant now) {
        boolean open = run.status() == RunStatus.TRIGGERED || run.status() == RunStatus.RUNNING;
        if (!open || median == null) {
            return null;
        }
        Instant estimate = run.startedAt().plus(median);
        return estimate.isAfter(now) ? estimate : null;
    }
}
