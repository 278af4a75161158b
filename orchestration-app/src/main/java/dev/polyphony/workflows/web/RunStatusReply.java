package dev.polyphony.workflows.web;

import dev.polyphony.agents.AgentId;
import dev.polyphony.inspection.Finding;
import dev.polyphony.inspection.Inspection;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.workflows.RunQueries.RunStatus;
import dev.polyphony.workflows.RunQueries.RunView;
import dev.polyphony.workflows.RunQueries.StepStatus;
import dev.polyphony.workflows.RunQueries.StepView;
import dev.polyphony.workflows.StepOutput.Statement;
import dev.polyphony.workflows.StepOutput;
import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param progress completed layers of all layers in percent, 0 to 100
 * @param currentLayer the layer that is queued or running; null when none is
 * @param results what each completed layer produced, under the result's name
 * @param aiProvidersUsed who replied, in order, without repetition
 * @param estimatedCompletion start plus the median duration of earlier runs; null when it has ended, is late, or there is
 *     no earlier run
 * @param problem the published code of why it failed, such as {@code BUDGET_EXHAUSTED}; null when it has none
 * @param reason why it failed; null otherwise
 * @param subject whom it is about: the id that was sent with the trigger, else the workflow_id
 * @param erased whether the subject was erased, so that texts read {@code [erased]} and facts are gone
 */
record RunStatusReply(
        String workflowId,
        String status,
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
     * @param finishReason {@code extracted} when the sentences were selected, not written
     * @param statements the agent's statements with the findings they rest on
     * @param inspection the facts, for the layer that inspected the source
     * @param attempts every call of a provider that led here
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LayerResult(
            AgentId agent,
            int attempt,
            String provider,
            String model,
            String finishReason,
            List<CitedStatement> statements,
            @Nullable Inspection inspection,
            List<ModelAttempt> attempts) {}

    record CitedStatement(String text, List<Finding> findings) {}

    static RunStatusReply of(RunView run, @Nullable Duration median, Instant now) {
        List<StepView> steps = run.steps();
        Map<String, String> layers = new LinkedHashMap<>();
        Map<String, LayerResult> results = new LinkedHashMap<>();
        Map<String, Finding> findings = findings(steps);
        for (StepView step : steps) {
            layers.put(step.definition().name(), TriggerReply.word(step.status()));
            if (step.output() != null) {
                results.put(step.definition().result(), result(step, step.output(), findings));
            }
        }
        return new RunStatusReply(
                run.workflowId().value(),
                TriggerReply.word(run.status()),
                100 * results.size() / steps.size(),
                current(steps),
                layers,
                results,
                results.values().stream().map(LayerResult::provider).distinct().toList(),
                estimate(run, median, now),
                run.startedAt(),
                run.endedAt(),
                run.problem(),
                run.reason(),
                run.subject().id(),
                run.erased());
    }

    private static LayerResult result(StepView step, StepOutput output, Map<String, Finding> findings) {
        return new LayerResult(
                step.definition().agent(),
                step.attempt(),
                output.call().provider(),
                output.call().model(),
                output.call().finishReason(),
                output.statements().stream()
                        .map(statement -> cited(statement, findings))
                        .toList(),
                output.inspection(),
                output.call().attempts());
    }

    private static CitedStatement cited(Statement statement, Map<String, Finding> findings) {
        return new CitedStatement(
                statement.text(),
                statement.findings().stream()
                        .map(findings::get)
                        .filter(Objects::nonNull)
                        .toList());
    }

    private static Map<String, Finding> findings(List<StepView> steps) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        steps.stream()
                .map(StepView::output)
                .filter(Objects::nonNull)
                .map(StepOutput::inspection)
                .filter(Objects::nonNull)
                .flatMap(inspection -> inspection.findings().stream())
                .forEach(finding -> findings.put(finding.id(), finding));
        return findings;
    }

    private static @Nullable String current(List<StepView> steps) {
        return steps.stream()
                .filter(step -> step.status() == StepStatus.QUEUED || step.status() == StepStatus.RUNNING)
                .map(step -> step.definition().name())
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
