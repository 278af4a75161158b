package dev.polyphony.workflows.store;

import dev.polyphony.db.workflows.tables.records.RunRecord;
import dev.polyphony.db.workflows.tables.records.StepRecord;
import dev.polyphony.workflows.RunBoard.RunCard;
import dev.polyphony.workflows.RunBoard.RunStatus;
import dev.polyphony.workflows.RunBoard.StepCard;
import dev.polyphony.workflows.RunBoard.StepStatus;
import dev.polyphony.workflows.StepDefinition;
import dev.polyphony.workflows.StepOutput;
import dev.polyphony.workflows.WorkflowRunId;
import java.util.List;
import java.util.Map;
import org.jooq.JSON;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Puts the rows of a run together; a step without a row has not been queued yet. */
@Component
class RunRows {
    private static final TypeReference<List<StepDefinition>> STEPS = new TypeReference<>() {};

    private final JsonMapper json;

    RunRows(JsonMapper json) {
        this.json = json;
    }

    JSON json(Object value) {
        return JSON.json(json.writeValueAsString(value));
    }

    RunCard card(RunRecord run, Map<String, StepRecord> steps) {
        RunStatus stored = RunStatus.valueOf(run.getStatus());
        boolean ended = run.getEndedAt() != null;
        List<StepCard> cards = json.readValue(run.getSteps().data(), STEPS).stream()
                .map(step -> card(step, steps.get(step.name()), ended))
                .toList();
        boolean begun = cards.stream().anyMatch(step -> step.status().compareTo(StepStatus.QUEUED) > 0);
        return new RunCard(
                new WorkflowRunId(run.getWorkflowId()),
                run.getDefinition(),
                run.getVersion(),
                stored == RunStatus.TRIGGERED && begun ? RunStatus.RUNNING : stored,
                run.getStartedAt(),
                run.getEndedAt(),
                run.getReason(),
                cards);
    }

    private StepCard card(StepDefinition step, @Nullable StepRecord row, boolean ended) {
        if (row == null) {
            return new StepCard(step, ended ? StepStatus.SKIPPED : StepStatus.PENDING, 0, null);
        }
        StepStatus status = StepStatus.valueOf(row.getStatus());
        boolean cutShort = ended && (status == StepStatus.QUEUED || status == StepStatus.RUNNING);
        StepOutput output =
                row.getOutput() == null ? null : json.readValue(row.getOutput().data(), StepOutput.class);
        return new StepCard(step, cutShort ? StepStatus.SKIPPED : status, row.getAttempt(), output);
    }
}
