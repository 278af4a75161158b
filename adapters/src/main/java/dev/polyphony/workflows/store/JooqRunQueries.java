package dev.polyphony.workflows.store;

import static dev.polyphony.db.workflows.Tables.RUN;
import static dev.polyphony.db.workflows.Tables.STEP;

import dev.polyphony.eventstore.BatchedWrites;
import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.RunQueries;
import dev.polyphony.workflows.WorkflowRunEvent;
import dev.polyphony.workflows.WorkflowRunEvent.RunTakenOver;
import dev.polyphony.workflows.WorkflowRunEvent.StepAttemptFailed;
import dev.polyphony.workflows.WorkflowRunEvent.StepCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.StepFailed;
import dev.polyphony.workflows.WorkflowRunEvent.StepQueued;
import dev.polyphony.workflows.WorkflowRunEvent.StepStarted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowCancelled;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowFailed;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowStarted;
import dev.polyphony.workflows.WorkflowRunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.jooq.DSLContext;
import org.jooq.JSON;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
@ProcessingGroup(JooqRunQueries.PROJECTION)
class JooqRunQueries implements RunQueries {
    static final String PROJECTION = "runs";
    private static final int RECENT = 20;

    private final DSLContext sql;
    private final RunRows rows;
    private final ReadYourWrites writes;

    JooqRunQueries(DSLContext sql, RunRows rows, ReadYourWrites writes) {
        this.sql = sql;
        this.rows = rows;
        this.writes = writes;
    }

    @Override
    public Optional<RunView> find(TenantId tenant, WorkflowRunId workflowId) {
        writes.await(PROJECTION);
        return sql.selectFrom(RUN)
                .where(RUN.WORKFLOW_ID.eq(workflowId.value()))
                .and(RUN.TENANT.eq(tenant.value()))
                .fetchOptional()
                .map(run -> rows.view(
                        run,
                        sql.fetch(STEP, STEP.WORKFLOW_ID.eq(workflowId.value())).intoMap(STEP.STEP_)));
    }

    @Override
    public List<WorkflowRunId> open(TenantId tenant, @Nullable WorkflowRunId after, int limit) {
        writes.await(PROJECTION);
        return sql.select(RUN.WORKFLOW_ID)
                .from(RUN)
                .where(RUN.ENDED_AT.isNull())
                .and(RUN.TENANT.eq(tenant.value()))
                .and(after == null ? DSL.noCondition() : RUN.WORKFLOW_ID.gt(after.value()))
                .orderBy(RUN.WORKFLOW_ID)
                .limit(limit)
                .fetch(row -> new WorkflowRunId(row.value1()));
    }

    @Override
    public Optional<Duration> medianDuration(TenantId tenant, String definition) {
        List<Duration> recent = sql
                .select(RUN.STARTED_AT, RUN.ENDED_AT)
                .from(RUN)
                .where(RUN.TENANT.eq(tenant.value()))
                .and(RUN.DEFINITION.eq(definition))
                .and(RUN.STATUS.eq(StoredEnums.text(RunStatus.COMPLETED)))
                .orderBy(RUN.ENDED_AT.desc())
                .limit(RECENT)
                .stream()
                .map(row -> Duration.between(row.value1(), row.value2()))
                .sorted()
                .toList();
        return recent.isEmpty() ? Optional.empty() : Optional.of(recent.get(recent.size() / 2));
    }

    @EventHandler
    void on(
            WorkflowRunEvent event,
            @Timestamp Instant at,
            @MetaDataValue(MessageOrigin.CORRELATION_ID) String correlationId) {
        switch (event) {
            case WorkflowStarted started -> started(started, at, correlationId);
            case StepQueued queued -> step(queued, StepStatus.QUEUED, queued.step(), queued.attempt());
            case StepStarted begun -> step(begun, StepStatus.RUNNING, begun.step(), begun.attempt());
            case StepAttemptFailed _ -> {}
            case StepCompleted done -> completed(done);
            case StepFailed failed -> step(failed, StepStatus.FAILED, failed.step(), failed.attempt());
            case RunTakenOver taken ->
                BatchedWrites.add(sql.update(RUN)
                        .set(RUN.NODE, taken.node().value())
                        .where(RUN.WORKFLOW_ID.eq(taken.workflowId().value())));
            case WorkflowCompleted completed -> ended(completed, RunStatus.COMPLETED, at, null, null);
            case WorkflowCancelled cancelled -> ended(cancelled, RunStatus.CANCELLED, at, null, null);
            case WorkflowFailed failed -> ended(failed, RunStatus.FAILED, at, failed.problem(), rows.reason(failed));
        }
    }

    private void started(WorkflowStarted event, Instant at, String correlationId) {
        BatchedWrites.add(sql.insertInto(RUN)
                .set(RUN.WORKFLOW_ID, event.workflowId().value())
                .set(RUN.TENANT, event.tenant().value())
                .set(RUN.CORRELATION_ID, correlationId)
                .set(RUN.DEFINITION, event.definition().name())
                .set(RUN.VERSION, event.definition().version())
                .set(RUN.STATUS, StoredEnums.text(RunStatus.TRIGGERED))
                .set(RUN.NODE, event.node().value())
                .set(RUN.SUBJECT, event.subject().id())
                .set(RUN.OPTIONS, rows.options(event))
                .set(RUN.STEPS, rows.steps(event))
                .set(RUN.STARTED_AT, at)
                .onConflictDoNothing());
    }

    private void step(WorkflowRunEvent event, StepStatus status, String step, int attempt) {
        BatchedWrites.add(sql.insertInto(STEP)
                .set(STEP.WORKFLOW_ID, event.workflowId().value())
                .set(STEP.STEP_, step)
                .set(STEP.STATUS, StoredEnums.text(status))
                .set(STEP.ATTEMPT, attempt)
                .onDuplicateKeyUpdate()
                .set(STEP.STATUS, StoredEnums.text(status))
                .set(STEP.ATTEMPT, attempt));
    }

    private void completed(StepCompleted event) {
        BatchedWrites.add(sql.update(STEP)
                .set(STEP.STATUS, StoredEnums.text(StepStatus.COMPLETED))
                .set(STEP.ATTEMPT, event.attempt())
                .set(STEP.OUTPUT, rows.output(event))
                .set(STEP.USAGE, rows.usage(event))
                .set(STEP.ATTEMPTS, rows.attempts(event))
                .where(STEP.WORKFLOW_ID.eq(event.workflowId().value()))
                .and(STEP.STEP_.eq(event.step())));
    }

    private void ended(
            WorkflowRunEvent event, RunStatus status, Instant at, @Nullable String problem, @Nullable JSON reason) {
        BatchedWrites.add(sql.update(RUN)
                .set(RUN.STATUS, StoredEnums.text(status))
                .set(RUN.ENDED_AT, at)
                .set(RUN.PROBLEM, problem)
                .set(RUN.REASON, reason)
                .where(RUN.WORKFLOW_ID.eq(event.workflowId().value())));
    }

    @ResetHandler
    void reset() {
        sql.truncate(RUN, STEP).execute();
    }
}
