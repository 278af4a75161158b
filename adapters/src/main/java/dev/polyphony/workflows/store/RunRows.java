package dev.polyphony.workflows.store;

import dev.polyphony.db.workflows.tables.records.RunRecord;
import dev.polyphony.db.workflows.tables.records.StepRecord;
import dev.polyphony.eventstore.crypto.EncryptedJson;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.Personal;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.RunQueries.RunStatus;
import dev.polyphony.workflows.RunQueries.RunView;
import dev.polyphony.workflows.RunQueries.StepStatus;
import dev.polyphony.workflows.RunQueries.StepView;
import dev.polyphony.workflows.StepDefinition;
import dev.polyphony.workflows.StepOutput;
import dev.polyphony.workflows.WorkflowRunEvent.StepCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowFailed;
import dev.polyphony.workflows.WorkflowRunId;
import java.util.List;
import java.util.Map;
import org.jooq.JSON;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts the rows of a run together; a step without a row has not been queued yet. What the rows say about a person is sealed
 * as it is in the history, so that it is erased together with it.
 */
@Component
class RunRows {
    private static final TypeReference<List<StepDefinition>> STEPS = new TypeReference<>() {};

    private final JsonMapper json;
    private final EncryptedJson sealed;

    RunRows(JsonMapper json, EncryptedJson sealed) {
        this.json = json;
        this.sealed = sealed;
    }

    /** Why a run failed, as it is stored. */
    record Reason(@Personal String text) {}

    JSON steps(List<StepDefinition> steps) {
        return JSON.json(json.writeValueAsString(steps));
    }

    JSON output(StepCompleted event) {
        return seal(placeOf(event.workflowId().value(), "step/" + event.step()), event.subject(), event.output());
    }

    JSON reason(WorkflowFailed event) {
        return seal(placeOf(event.workflowId().value(), "reason"), event.subject(), new Reason(event.reason()));
    }

    private JSON seal(String place, DataSubject subject, Object value) {
        return JSON.json(sealed.writeCopy(place, subject, value));
    }

    private static String placeOf(String workflowId, String part) {
        return "run board/" + workflowId + "/" + part;
    }

    RunView card(RunRecord run, Map<String, StepRecord> steps) {
        RunStatus stored = RunStatus.valueOf(run.getStatus());
        DataSubject subject = new DataSubject(new TenantId(run.getTenant()), run.getSubject());
        boolean ended = run.getEndedAt() != null;
        List<StepView> cards = json.readValue(run.getSteps().data(), STEPS).stream()
                .map(step -> card(subject, step, steps.get(step.name()), ended))
                .toList();
        boolean begun = cards.stream().anyMatch(step -> step.status().compareTo(StepStatus.QUEUED) > 0);
        return new RunView(
                new WorkflowRunId(run.getWorkflowId()),
                subject,
                sealed.isErased(subject),
                run.getDefinition(),
                run.getVersion(),
                stored == RunStatus.TRIGGERED && begun ? RunStatus.RUNNING : stored,
                run.getStartedAt(),
                run.getEndedAt(),
                run.getProblem(),
                reason(run, subject),
                cards);
    }

    private StepView card(DataSubject subject, StepDefinition step, @Nullable StepRecord row, boolean ended) {
        if (row == null) {
            return new StepView(step, ended ? StepStatus.SKIPPED : StepStatus.PENDING, 0, null);
        }
        StepStatus status = StepStatus.valueOf(row.getStatus());
        boolean cutShort = ended && (status == StepStatus.QUEUED || status == StepStatus.RUNNING);
        return new StepView(step, cutShort ? StepStatus.SKIPPED : status, row.getAttempt(), output(row, subject));
    }

    private @Nullable StepOutput output(StepRecord row, DataSubject subject) {
        return row.getOutput() == null
                ? null
                : sealed.read(
                        placeOf(row.getWorkflowId(), "step/" + row.getStep()),
                        row.getOutput().data(),
                        StepOutput.class,
                        _ -> subject);
    }

    private @Nullable String reason(RunRecord run, DataSubject subject) {
        return run.getReason() == null
                ? null
                : sealed.read(
                                placeOf(run.getWorkflowId(), "reason"),
                                run.getReason().data(),
                                Reason.class,
                                _ -> subject)
                        .text();
    }
}
