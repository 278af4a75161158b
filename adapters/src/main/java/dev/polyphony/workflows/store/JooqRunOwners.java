package dev.polyphony.workflows.store;

import static dev.polyphony.db.workflows.Tables.NODE;
import static dev.polyphony.db.workflows.Tables.RUN;
import static dev.polyphony.db.workflows.Tables.STEP;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.selectOne;

import dev.polyphony.db.workflows.tables.records.NodeRecord;
import dev.polyphony.db.workflows.tables.records.RunRecord;
import dev.polyphony.postgres.FailureDetector;
import dev.polyphony.shared.NodeId;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.RunOwners;
import dev.polyphony.workflows.RunQueries.StepStatus;
import dev.polyphony.workflows.WorkflowRunId;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Row2;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

@Component
class JooqRunOwners implements RunOwners {
    private final DSLContext sql;
    private final NodeId here;
    private final FailureDetector<String> nodes;

    @Autowired
    JooqRunOwners(DSLContext sql, NodeId here) {
        this(sql, here, System::nanoTime);
    }

    /** @param nanos a clock that only goes forward */
    JooqRunOwners(DSLContext sql, NodeId here, LongSupplier nanos) {
        this.sql = sql;
        this.here = here;
        this.nodes = new FailureDetector<>(nanos);
    }

    @Override
    public List<OwnedRun> orphans(Duration goneAfter, @Nullable OwnedRun after, int limit) {
        List<NodeRecord> heartbeats = sql.selectFrom(NODE).fetch();
        nodes.retain(heartbeats.stream().map(NodeRecord::getNode).toList());
        List<Row2<String, Long>> silent = heartbeats.stream()
                .filter(node -> nodes.suspects(node.getNode(), node.getBeats(), goneAfter))
                .map(node -> row(node.getNode(), node.getBeats()))
                .toList();
        Condition mayBeAlive =
                silent.isEmpty() ? noCondition() : row(NODE.NODE_, NODE.BEATS).notIn(silent);
        Condition nodeIsGone =
                notExists(selectOne().from(NODE).where(NODE.NODE_.eq(RUN.NODE)).and(mayBeAlive));
        return open(RUN.NODE.ne(here.value()).and(nodeIsGone), after, limit);
    }

    @Override
    public List<OwnedRun> workOf(NodeId node, @Nullable OwnedRun after, int limit) {
        Condition hasWork = exists(selectOne()
                .from(STEP)
                .where(STEP.WORKFLOW_ID.eq(RUN.WORKFLOW_ID))
                .and(STEP.STATUS.in(StoredEnums.text(StepStatus.QUEUED), StoredEnums.text(StepStatus.RUNNING))));
        return open(RUN.NODE.eq(node.value()).and(hasWork), after, limit);
    }

    private List<OwnedRun> open(Condition condition, @Nullable OwnedRun after, int limit) {
        Condition later = after == null
                ? noCondition()
                : row(RUN.STARTED_AT, RUN.WORKFLOW_ID)
                        .gt(after.startedAt(), after.workflowId().value());
        return sql.selectFrom(RUN)
                .where(RUN.ENDED_AT.isNull())
                .and(condition)
                .and(later)
                .orderBy(RUN.STARTED_AT, RUN.WORKFLOW_ID)
                .limit(limit)
                .fetch(JooqRunOwners::owned);
    }

    private static OwnedRun owned(RunRecord run) {
        return new OwnedRun(
                new TenantId(run.getTenant()),
                new WorkflowRunId(run.getWorkflowId()),
                new NodeId(run.getNode()),
                run.getCorrelationId(),
                run.getStartedAt());
    }
}
