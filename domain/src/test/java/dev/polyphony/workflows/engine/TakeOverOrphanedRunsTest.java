package dev.polyphony.workflows.engine;

import static dev.polyphony.workflows.WorkflowRunExamples.HERE;
import static dev.polyphony.workflows.WorkflowRunExamples.THERE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.shared.NodeId;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.RunOwners;
import dev.polyphony.workflows.WorkflowProblem;
import dev.polyphony.workflows.WorkflowRunCommand.TakeOverRun;
import dev.polyphony.workflows.WorkflowRunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TakeOverOrphanedRunsTest {
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final int THOUSANDS = 5_000;
    private static final int TIMEOUT = 30;

    private final ListedRuns owners = new ListedRuns();
    private final Set<WorkflowRunId> inProgress = new HashSet<>();
    private final List<WorkflowRunId> taken = new ArrayList<>();

    /** The database is so slow that one takeover in a hundred lasts for several heartbeats. */
    @Test
    void takesOverThousandsOfRunsWhileTheHeartbeatGoesOn() {
        owners.own(THERE, THOUSANDS);
        Semaphore heartbeats = new Semaphore(0);
        TakeOverOrphanedRuns takeover = takeover(run -> {
            if (taken.size() % 100 == 0) {
                heartbeats.drainPermits();
                assertThat(acquired(heartbeats, 2))
                        .as("heartbeats in one takeover")
                        .isTrue();
            }
            owners.move(run, HERE);
        });

        try (OwnTimer _ = OwnTimer.start("heartbeat", PAUSE, heartbeats::release)) {
            takeover.sweep();
        }

        assertThat(taken)
                .hasSize(THOUSANDS)
                .doesNotHaveDuplicates()
                .extracting(WorkflowRunId::value)
                .isSorted();
        assertThat(owners.longestPage).isEqualTo(TakeOverOrphanedRuns.BATCH);
    }

    @Test
    void takesUpItsOwnRunThatNobodyWorksOnAtTwoLooksInARow() {
        owners.own(HERE, 2);
        inProgress.add(owners.runs.getFirst().workflowId());
        TakeOverOrphanedRuns takeover = takeover(_ -> {});

        takeover.sweep();
        assertThat(taken).isEmpty();

        takeover.sweep();
        assertThat(taken).containsExactly(owners.runs.getLast().workflowId());
    }

    @Test
    void looksAtAllItsOwnRunsOneBatchAfterTheOther() {
        owners.own(HERE, 2 * TakeOverOrphanedRuns.BATCH + 1);
        owners.runs.forEach(run -> inProgress.add(run.workflowId()));
        WorkflowRunId last = owners.runs.getLast().workflowId();
        inProgress.remove(last);
        TakeOverOrphanedRuns takeover = takeover(_ -> {});

        IntStream.range(0, 4).forEach(_ -> takeover.sweep());

        assertThat(taken).containsExactly(last);
    }

    @Test
    void goesOnAfterRunsThatCannotBeTakenOver() {
        owners.own(THERE, 3);
        WorkflowRunId raced = owners.runs.getFirst().workflowId();
        WorkflowRunId broken = owners.runs.get(1).workflowId();
        TakeOverOrphanedRuns takeover = takeover(run -> {
            if (run.equals(raced)) {
                throw WorkflowProblem.RUN_OWNED_ELSEWHERE.because("another node was faster");
            }
            if (run.equals(broken)) {
                throw new IllegalStateException("its history cannot be read");
            }
        });

        takeover.sweep();

        assertThat(taken).hasSize(3);
    }

    @Test
    void takesOverNothingOnceItIsClosed() {
        owners.own(THERE, 3);
        TakeOverOrphanedRuns takeover = takeover(_ -> {});

        takeover.close();
        takeover.sweep();

        assertThat(taken).isEmpty();
    }

    private TakeOverOrphanedRuns takeover(Consumer<WorkflowRunId> handler) {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        bus.subscribe(TakeOverRun.class.getName(), message -> {
            WorkflowRunId run = ((TakeOverRun) message.getPayload()).workflowId();
            taken.add(run);
            handler.accept(run);
            return run;
        });
        CommandGateway commands =
                DefaultCommandGateway.builder().commandBus(bus).build();
        return new TakeOverOrphanedRuns(HERE, owners, commands, inProgress::contains);
    }

    private static boolean acquired(Semaphore heartbeats, int count) {
        try {
            return heartbeats.tryAcquire(count, TIMEOUT, SECONDS);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private static final class ListedRuns implements RunOwners {
        private final List<OwnedRun> runs = new ArrayList<>();
        private int longestPage;

        void own(NodeId node, int count) {
            for (int number = 0; number < count; number++) {
                Instant start = Instant.EPOCH.plusSeconds(runs.size());
                runs.add(new OwnedRun(
                        TenantId.DEFAULT, new WorkflowRunId("run-%05d".formatted(number)), node, "req-1", start));
            }
        }

        void move(WorkflowRunId id, NodeId node) {
            runs.replaceAll(run -> run.workflowId().equals(id)
                    ? new OwnedRun(run.tenant(), id, node, run.correlationId(), run.startedAt())
                    : run);
        }

        @Override
        public List<OwnedRun> orphans(Duration goneAfter, @Nullable OwnedRun after, int limit) {
            return page(THERE, after, limit);
        }

        @Override
        public List<OwnedRun> workOf(NodeId node, @Nullable OwnedRun after, int limit) {
            return page(node, after, limit);
        }

        private List<OwnedRun> page(NodeId node, @Nullable OwnedRun after, int limit) {
            List<OwnedRun> page = runs.stream()
                    .filter(run -> run.node().equals(node))
                    .filter(run -> after == null || run.startedAt().isAfter(after.startedAt()))
                    .limit(limit)
                    .toList();
            longestPage = Math.max(longestPage, page.size());
            return page;
        }
    }
}
