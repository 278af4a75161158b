package dev.polyphony.audit.projections.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.polyphony.audit.projections.Projection;
import dev.polyphony.audit.projections.Projection.Segment;
import dev.polyphony.audit.projections.ProjectionProblem;
import dev.polyphony.shared.Rejection;
import dev.polyphony.workflows.WorkflowRunEvent;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.junit.jupiter.api.Test;

class RebuildTest extends FollowerTest {
    /** Acts on what it hears. */
    @DisallowReplay
    @ProcessingGroup("automation")
    static final class Automation {
        private final Queue<WorkflowRunEvent> acted = new ConcurrentLinkedQueue<>();

        @EventHandler
        void on(WorkflowRunEvent event) {
            acted.add(event);
        }
    }

    @Test
    void emptiesTheReadModelAndHearsEverythingAgain() {
        try (FollowingNode node = new FollowingNode("here", database, BATCH, recorded)) {
            happen(node, 20);
            sql.execute("insert into heard values ('never happened', 1)");

            node.projections().replay(RecordingProjection.NAME);
            await().atMost(TIMEOUT, SECONDS).until(() -> isRebuilt(node));

            assertThat(RecordingProjection.inOrder(sql)).containsExactlyInAnyOrderElementsOf(told(20));
            assertThat(recorded.triesOf("run-1-0")).isEqualTo(2);
            assertThat(node.projections().find(RecordingProjection.NAME))
                    .extracting(Projection::head, Projection::position, Projection::lag)
                    .containsExactly(20L, 20L, 0L);
        }
    }

    @Test
    void forgetsDeadLettersAndHearsTheirEventsAgain() {
        recorded.afterWriting(event -> {
            throw new IllegalStateException(event);
        });
        try (FollowingNode node = new FollowingNode("here", database, BATCH, recorded)) {
            happen(node, 5);
            assertThat(node.projections().find(RecordingProjection.NAME).deadLetters())
                    .isEqualTo(5);
            recorded.afterWriting(_ -> {});

            node.projections().replay(RecordingProjection.NAME);
            await().atMost(TIMEOUT, SECONDS).until(() -> isRebuilt(node));

            assertThat(node.projections().find(RecordingProjection.NAME).deadLetters())
                    .isZero();
            assertThat(RecordingProjection.inOrder(sql)).containsExactlyInAnyOrderElementsOf(told(5));
        }
    }

    /** The batch has written nothing yet, so nothing but its lost segment can stop it. */
    @Test
    void undoesABatchThatIsAboutToWriteOnAnotherNode() throws Exception {
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        RecordingProjection elsewhere = new RecordingProjection(sql);
        elsewhere.beforeWriting(event -> {
            if (event.equals("run-9-0") && first.getAndSet(false)) {
                atWork.countDown();
                goOn.await();
            }
        });
        try (FollowingNode there = new FollowingNode("there", database, BATCH, elsewhere)) {
            happen(there, 9);
            there.happen("run-9", 0, 1);
            assertThat(atWork.await(TIMEOUT, SECONDS)).isTrue();
            try (FollowingNode here = new FollowingNode("here", database, BATCH, recorded)) {
                here.projections().replay(RecordingProjection.NAME);
                goOn.countDown();

                await().atMost(TIMEOUT, SECONDS).until(() -> isRebuilt(here));
                assertThat(RecordingProjection.inOrder(sql)).containsExactlyInAnyOrderElementsOf(told(10));
            }
        }
    }

    /** The batch holds rows that the emptying wants, and wants the token that the reset holds. */
    @Test
    void outlastsABatchThatHasWrittenOnAnotherNode() throws Exception {
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        RecordingProjection elsewhere = new RecordingProjection(sql);
        elsewhere.afterWriting(event -> {
            if (event.equals("run-9-0") && goOn.getCount() > 0) {
                atWork.countDown();
                goOn.await();
            }
        });
        try (FollowingNode there = new FollowingNode("there", database, BATCH, elsewhere);
                FollowingNode here = new FollowingNode("here", database, BATCH, recorded);
                ExecutorService operator = Executors.newVirtualThreadPerTaskExecutor()) {
            happen(there, 9);
            there.happen("run-9", 0, 1);
            assertThat(atWork.await(TIMEOUT, SECONDS)).isTrue();

            Future<?> replay = operator.submit(() -> here.projections().replay(RecordingProjection.NAME));
            await().atMost(TIMEOUT, SECONDS).until(this::somebodyWaitsForALock);
            goOn.countDown();
            replay.get(TIMEOUT, SECONDS);

            await().atMost(TIMEOUT, SECONDS).until(() -> isRebuilt(here));
            assertThat(RecordingProjection.inOrder(sql)).containsExactlyInAnyOrderElementsOf(told(10));
        }
    }

    @Test
    void servesManyCallersOnTwoNodesOneAfterTheOther() throws Exception {
        RecordingProjection elsewhere = new RecordingProjection(sql);
        try (FollowingNode there = new FollowingNode("there", database, BATCH, elsewhere);
                FollowingNode here = new FollowingNode("here", database, BATCH, recorded);
                ExecutorService operators = Executors.newVirtualThreadPerTaskExecutor()) {
            happen(there, 30);
            List<Callable<Void>> requests = IntStream.range(0, 8)
                    .<Callable<Void>>mapToObj(request -> () -> {
                        (request % 2 == 0 ? here : there).projections().replay(RecordingProjection.NAME);
                        return null;
                    })
                    .toList();

            for (Future<Void> reply : operators.invokeAll(requests)) {
                reply.get();
            }
            await().atMost(TIMEOUT, SECONDS).until(() -> isRebuilt(here));

            assertThat(RecordingProjection.inOrder(sql)).containsExactlyInAnyOrderElementsOf(told(30));
        }
    }

    @Test
    void goesOnWhenTheEmptyingFails() {
        try (FollowingNode node = new FollowingNode("here", database, BATCH, recorded)) {
            happen(node, 5);
            database.ownerSql().execute("alter table heard rename to hidden");

            assertThatThrownBy(() -> node.projections().replay(RecordingProjection.NAME))
                    .hasRootCauseInstanceOf(SQLException.class);
            database.ownerSql().execute("alter table hidden rename to heard");
            node.happen("run-5", 0, 1);
            await().atMost(TIMEOUT, SECONDS).until(() -> isRebuilt(node));

            assertThat(RecordingProjection.inOrder(sql)).containsExactlyInAnyOrderElementsOf(told(6));
            assertThat(recorded.triesOf("run-1-0")).isEqualTo(1);
        }
    }

    @Test
    void showsWhatEveryNodeHasDone() {
        RecordingProjection elsewhere = new RecordingProjection(sql);
        try (FollowingNode there = new FollowingNode("there", database, BATCH, elsewhere);
                FollowingNode here = new FollowingNode("here", database, BATCH, recorded)) {
            happen(there, 5);

            await().atMost(TIMEOUT, SECONDS).untilAsserted(() -> {
                Projection seenHere = here.projections().find(RecordingProjection.NAME);
                assertThat(seenHere.lag()).isZero();
                assertThat(seenHere.segments()).hasSize(4).allSatisfy(segment -> {
                    assertThat(segment.node()).isEqualTo("there");
                    assertThat(segment.seenAt()).isNotNull();
                });
                assertThat(seenHere.segments())
                        .extracting(Segment::position)
                        .isEqualTo(there.projections().find(RecordingProjection.NAME).segments().stream()
                                .map(Segment::position)
                                .toList());
            });
        }
    }

    @Test
    void refusesWhatMustNotOrCannotBeRebuilt() {
        try (FollowingNode node = new FollowingNode("here", database, BATCH, recorded, new Automation())) {
            assertThat(node.projections().list())
                    .extracting(Projection::name, Projection::replayable)
                    .containsExactly(tuple("automation", false), tuple(RecordingProjection.NAME, true));
            refuses(() -> node.projections().replay("automation"), ProjectionProblem.PROJECTION_NOT_REPLAYABLE);
            refuses(() -> node.projections().replay("nobody"), ProjectionProblem.PROJECTION_UNKNOWN);
            refuses(() -> node.projections().find("nobody"), ProjectionProblem.PROJECTION_UNKNOWN);
        }
    }

    private static void happen(FollowingNode node, int runs) {
        IntStream.range(0, runs).forEach(run -> node.happen("run-" + run, 0, 1));
        await().atMost(TIMEOUT, SECONDS).until(() -> isRebuilt(node));
    }

    private static boolean isRebuilt(FollowingNode node) {
        return node.isCaughtUp(RecordingProjection.NAME)
                && !node.projections().find(RecordingProjection.NAME).replaying();
    }

    private static List<String> told(int runs) {
        return IntStream.range(0, runs).mapToObj(run -> "run-" + run + "-0").toList();
    }

    private boolean somebodyWaitsForALock() {
        return sql.fetchSingle("""
            select exists (select from pg_locks join pg_stat_activity using (pid)
                           where not granted and datname = current_database())
            """).get(0, Boolean.class);
    }

    private static void refuses(Runnable request, ProjectionProblem problem) {
        assertThatThrownBy(request::run)
                .isInstanceOfSatisfying(
                        Rejection.class,
                        rejection -> assertThat(rejection.problem()).isEqualTo(problem));
    }
}
