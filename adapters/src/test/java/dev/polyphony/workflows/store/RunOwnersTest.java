package dev.polyphony.workflows.store;

import static dev.polyphony.db.workflows.Tables.NODE;
import static dev.polyphony.db.workflows.Tables.RUN;
import static dev.polyphony.db.workflows.Tables.STEP;
import static dev.polyphony.workflows.WorkflowRunExamples.HERE;
import static dev.polyphony.workflows.WorkflowRunExamples.THERE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.shared.NodeId;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.RunOwners.OwnedRun;
import dev.polyphony.workflows.WorkflowRunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jooq.DSLContext;
import org.jooq.JSON;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
class RunOwnersTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration GONE_AFTER = Duration.ofSeconds(15);
    private static final int LIMIT = 100;

    private final AtomicLong nanos = new AtomicLong();
    private final DSLContext sql;
    private final JooqNodes nodes;
    private final JooqRunOwners owners;

    RunOwnersTest(DSLContext sql) {
        this.sql = sql;
        this.nodes = new JooqNodes(sql);
        this.owners = new JooqRunOwners(sql, HERE, nanos::get);
    }

    @BeforeEach
    void empty() {
        sql.truncate(RUN, STEP).execute();
        sql.deleteFrom(NODE).execute();
    }

    /** The database's clock was set back or forward after the node had written its last heartbeat. */
    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "PT0S", "PT1H"})
    void listsOpenRunsOfNodesWhoseHeartbeatDoesNotMoveAsOrphans(Duration step) {
        nodes.heartbeat(HERE);
        nodes.heartbeat(THERE);
        setClock(step);
        run("of-the-silent", THERE, 1);
        run("ended", THERE, 2);
        sql.update(RUN)
                .set(RUN.ENDED_AT, START)
                .where(RUN.WORKFLOW_ID.eq("ended"))
                .execute();

        assertThat(orphans()).isEmpty();
        for (int seconds = 2; seconds < 15; seconds += 2) {
            passes(Duration.ofSeconds(2));
            assertThat(orphans()).isEmpty();
        }
        passes(Duration.ofSeconds(1));
        assertThat(orphans())
                .containsExactly(new OwnedRun(
                        TenantId.DEFAULT, new WorkflowRunId("of-the-silent"), THERE, "req-1", START.plusSeconds(1)));

        nodes.heartbeat(THERE);
        assertThat(orphans()).as("the node was only slow").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "PT0S", "PT1H"})
    void leavesRunsToNodesWhoseHeartbeatMovesWhateverTheClockSays(Duration step) {
        run("of-the-living", THERE, 1);
        for (int beat = 0; beat < 10; beat++) {
            nodes.heartbeat(THERE);
            setClock(step);
            assertThat(orphans()).isEmpty();
            passes(Duration.ofSeconds(14));
        }
    }

    @Test
    void listsOpenRunsOfNodesThatLeftAsOrphansAtOnce() {
        nodes.heartbeat(THERE);
        run("of-one-that-left", THERE, 1);
        assertThat(orphans()).isEmpty();

        nodes.leave(THERE);

        assertThat(orphans()).hasSize(1);
    }

    /** Its own heartbeat may be late because the database was away. */
    @Test
    void neverTakesTheNodeItselfForDead() {
        run("own", HERE, 1);
        nodes.heartbeat(HERE);
        for (int look = 0; look < 10; look++) {
            assertThat(orphans()).isEmpty();
            passes(GONE_AFTER);
        }
        nodes.leave(HERE);
        assertThat(orphans()).isEmpty();
    }

    @Test
    void doesNotCountTheTimeInWhichNobodyCouldReadOrWrite() {
        run("of-the-living", THERE, 1);
        nodes.heartbeat(THERE);
        assertThat(orphans()).isEmpty();

        passes(Duration.ofMinutes(10));
        assertThat(orphans()).isEmpty();
        nodes.heartbeat(THERE);
        passes(Duration.ofSeconds(14));

        assertThat(orphans()).isEmpty();
    }

    @Test
    void givesEachOfThousandsOfOrphansOnceTheOldestFirst() {
        sql.execute("""
            insert into workflows.run (workflow_id, tenant, correlation_id, definition, version, status, node,
                subject, options, steps, started_at)
            select 'run-' || n, 'default', 'req-1', 'review', 1, 'triggered', ?, 'alice', '{}', '{}',
                timestamptz '2026-11-21T10:00:00Z' - interval '1 second' * (n / 2)
            from generate_series(1, 5000) n
            """, THERE.value());

        List<OwnedRun> all = new ArrayList<>();
        List<OwnedRun> page = owners.orphans(GONE_AFTER, null, LIMIT);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(LIMIT);
            all.addAll(page);
            page = owners.orphans(GONE_AFTER, page.getLast(), LIMIT);
        }

        assertThat(all).hasSize(5000).doesNotHaveDuplicates();
        assertThat(all).extracting(OwnedRun::startedAt).isSorted();
    }

    @Test
    void listsRunsOfANodeThatHaveAStepToBeWorkedOn() {
        run("at-work", HERE, 1);
        run("waiting", HERE, 2);
        run("elsewhere", THERE, 3);
        step("at-work", "running");
        step("waiting", "completed");
        step("elsewhere", "queued");

        assertThat(owners.workOf(HERE, null, LIMIT))
                .extracting(run -> run.workflowId().value())
                .containsExactly("at-work");
        assertThat(owners.workOf(HERE, owners.workOf(HERE, null, LIMIT).getLast(), LIMIT))
                .isEmpty();
    }

    private List<OwnedRun> orphans() {
        return owners.orphans(GONE_AFTER, null, LIMIT);
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** As if the last heartbeats had been written by a clock that is off by so much from the present one. */
    private void setClock(Duration step) {
        sql.update(NODE).set(NODE.HEARTBEAT_AT, Instant.now().plus(step)).execute();
    }

    private void run(String id, NodeId node, int second) {
        sql.insertInto(RUN)
                .set(RUN.WORKFLOW_ID, id)
                .set(RUN.TENANT, TenantId.DEFAULT.value())
                .set(RUN.CORRELATION_ID, "req-1")
                .set(RUN.DEFINITION, "review")
                .set(RUN.VERSION, 1)
                .set(RUN.STATUS, "triggered")
                .set(RUN.NODE, node.value())
                .set(RUN.SUBJECT, "alice")
                .set(RUN.OPTIONS, JSON.json("{}"))
                .set(RUN.STEPS, JSON.json("{}"))
                .set(RUN.STARTED_AT, START.plusSeconds(second))
                .execute();
    }

    private void step(String run, String status) {
        sql.insertInto(STEP)
                .set(STEP.WORKFLOW_ID, run)
                .set(STEP.STEP_, "look")
                .set(STEP.STATUS, status)
                .set(STEP.ATTEMPT, 1)
                .execute();
    }
}
