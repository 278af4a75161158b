package dev.polyphony.workflows.store;

import dev.polyphony.db.workflows.tables.records.RunRecord;
import dev.polyphony.db.workflows.tables.records.StepRecord;
import dev.polyphony.eventstore.crypto.EncryptedJson;
import dev.polyphony.providers.ModelAttempt;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.Json;
import dev.polyphony.shared.JsonValues;
import dev.polyphony.shared.Personal;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.ModelUsage;
import dev.polyphony.workflows.RunOptions;
import dev.polyphony.workflows.RunQueries.RunStatus;
import dev.polyphony.workflows.RunQueries.RunView;
import dev.polyphony.workflows.RunQueries.StepResult;
import dev.polyphony.workflows.RunQueries.StepStatus;
import dev.polyphony.workflows.RunQueries.StepView;
import dev.polyphony.workflows.StepSpec;
import dev.polyphony.workflows.WorkflowRunEvent.StepCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowFailed;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowStarted;
import dev.polyphony.workflows.WorkflowRunId;
import java.util.List;
import java.util.Map;
import org.jooq.JSON;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Puts the rows of a run together; a step without a row has not been queued yet. What the rows say about a person is encrypted
 * as it is in the history, so that it is erased together with it.
 */
@Component
class RunRows {
    private final JsonValues json;
    private final EncryptedJson encrypted;

    RunRows(JsonValues json, EncryptedJson encrypted) {
        this.json = json;
        this.encrypted = encrypted;
    }

    /** Why a run failed, as it is stored. */
    record Reason(@Personal String text) {}

    /** What a step produced, as it is stored. */
    record Output(@Personal(erased = "null") Json value) {}

    /** The calls of providers, as they are stored. */
    record Attempts(List<ModelAttempt> of) {}

    record Steps(List<StepSpec> steps) {}

    JSON steps(WorkflowStarted event) {
        return JSON.json(json.write(new Steps(event.definition().steps())).text());
    }

    JSON options(WorkflowStarted event) {
        return JSON.json(json.write(event.options()).text());
    }

    JSON output(StepCompleted event) {
        return encrypted(
                placeOf(event.workflowId().value(), outputOf(event.step())),
                event.subject(),
                new Output(event.output()));
    }

    @Nullable
    JSON usage(StepCompleted event) {
        return event.usage() == null
                ? null
                : JSON.json(json.write(event.usage()).text());
    }

    JSON attempts(StepCompleted event) {
        return encrypted(
                placeOf(event.workflowId().value(), attemptsOf(event.step())),
                event.subject(),
                new Attempts(event.attempts()));
    }

    JSON reason(WorkflowFailed event) {
        return encrypted(placeOf(event.workflowId().value(), "reason"), event.subject(), new Reason(event.reason()));
    }

    private JSON encrypted(String place, DataSubject subject, Object value) {
        return JSON.json(encrypted.writeCopy(place, subject, value));
    }

    private <T> T decrypted(String place, JSON stored, Class<T> type, DataSubject subject) {
        return encrypted.read(place, stored.data(), type, _ -> subject);
    }

    private static String placeOf(String workflowId, String part) {
        return "workflows.run/" + workflowId + "/" + part;
    }

    private static String outputOf(String step) {
        return "step/" + step + "/output";
    }

    private static String attemptsOf(String step) {
        return "step/" + step + "/attempts";
    }

    RunView view(RunRecord run, Map<String, StepRecord> steps) {
        RunStatus stored = StoredEnums.read(RunStatus.class, run.getStatus());
        DataSubject subject = new DataSubject(new TenantId(run.getTenant()), run.getSubject());
        boolean ended = run.getEndedAt() != null;
        List<StepView> views = json.read(new Json(run.getSteps().data()), Steps.class).steps().stream()
                .map(step -> view(subject, step, steps.get(step.name()), ended))
                .toList();
        boolean begun = views.stream().anyMatch(step -> step.status().compareTo(StepStatus.QUEUED) > 0);
        return new RunView(
                new WorkflowRunId(run.getWorkflowId()),
                subject,
                encrypted.isErased(subject),
                run.getDefinition(),
                run.getVersion(),
                json.read(new Json(run.getOptions().data()), RunOptions.class),
                stored == RunStatus.TRIGGERED && begun ? RunStatus.RUNNING : stored,
                run.getStartedAt(),
                run.getEndedAt(),
                run.getProblem(),
                reason(run, subject),
                views);
    }

    private StepView view(DataSubject subject, StepSpec step, @Nullable StepRecord row, boolean ended) {
        if (row == null) {
            return new StepView(step, ended ? StepStatus.SKIPPED : StepStatus.PENDING, 0, null);
        }
        StepStatus status = StoredEnums.read(StepStatus.class, row.getStatus());
        boolean cutShort = ended && (status == StepStatus.QUEUED || status == StepStatus.RUNNING);
        return new StepView(step, cutShort ? StepStatus.SKIPPED : status, row.getAttempt(), result(row, subject));
    }

    private @Nullable StepResult result(StepRecord row, DataSubject subject) {
        if (row.getOutput() == null) {
            return null;
        }
        String output = placeOf(row.getWorkflowId(), outputOf(row.getStep()));
        String attempts = placeOf(row.getWorkflowId(), attemptsOf(row.getStep()));
        return new StepResult(
                decrypted(output, row.getOutput(), Output.class, subject).value(),
                row.getUsage() == null
                        ? null
                        : json.read(new Json(row.getUsage().data()), ModelUsage.class),
                decrypted(attempts, row.getAttempts(), Attempts.class, subject).of());
    }

    private @Nullable String reason(RunRecord run, DataSubject subject) {
        return run.getReason() == null
                ? null
                : decrypted(placeOf(run.getWorkflowId(), "reason"), run.getReason(), Reason.class, subject)
                        .text();
    }
}
