package dev.polyphony.workflows.store;

import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.eventstore.crypto.EncryptedJson;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.privacy.store.RememberedKeys;
import dev.polyphony.shared.Personal;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.RunQueries.OpenRun;
import dev.polyphony.workflows.RunQueries.RunStatus;
import dev.polyphony.workflows.RunQueries.RunView;
import dev.polyphony.workflows.RunQueries.StepStatus;
import dev.polyphony.workflows.RunQueries.StepView;
import dev.polyphony.workflows.StepOutput.Statement;
import dev.polyphony.workflows.StepOutput;
import dev.polyphony.workflows.WorkflowRunEvent.RunTakenOver;
import dev.polyphony.workflows.WorkflowRunEvent.StepCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.StepFailed;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowFailed;
import dev.polyphony.workflows.WorkflowRunEvent;
import static dev.polyphony.workflows.WorkflowRunExamples.ALICE;
import static dev.polyphony.workflows.WorkflowRunExamples.HERE;
import static dev.polyphony.workflows.WorkflowRunExamples.LOOKER;
import static dev.polyphony.workflows.WorkflowRunExamples.RUN;
import static dev.polyphony.workflows.WorkflowRunExamples.THERE;
import static dev.polyphony.workflows.WorkflowRunExamples.call;
import static dev.polyphony.workflows.WorkflowRunExamples.lookCompleted;
import static dev.polyphony.workflows.WorkflowRunExamples.lookOutput;
import static dev.polyphony.workflows.WorkflowRunExamples.lookQueued;
import static dev.polyphony.workflows.WorkflowRunExamples.lookStarted;
import static dev.polyphony.workflows.WorkflowRunExamples.reviewStarted;
import static dev.polyphony.workflows.WorkflowRunExamples.sayQueued;
import static dev.polyphony.workflows.WorkflowRunExamples.sayStarted;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(PostgresExtension.class)
class RunQueriesTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final DSLContext sql;
    private final RememberedKeys keys = new RememberedKeys();
    private final JooqRunQueries board;

    RunQueriesTest(DSLContext sql) {
        this.sql = sql;
        RunRows rows = new RunRows(JsonMapper.builder().build(), new EncryptedJson(keys));
        board = new JooqRunQueries(sql, rows, new ReadYourWrites((_, _) -> true));
    }

    @BeforeEach
    void empty() {
        board.reset();
    }

    @Test
    void showsStepsThatAreNotQueuedYetAsPending() {
        hear(reviewStarted(), lookQueued());

        assertThat(card().status()).isEqualTo(RunStatus.TRIGGERED);
        assertThat(card().steps()).extracting(StepView::status).containsExactly(StepStatus.QUEUED, StepStatus.PENDING);
    }

    @Test
    void showsWhatACompletedStepProduced() {
        hear(reviewStarted(), lookQueued(), lookStarted(), lookCompleted(), sayQueued());

        assertThat(card().status()).isEqualTo(RunStatus.RUNNING);
        assertThat(card().steps().getFirst().output()).isEqualTo(lookOutput());
    }

    @Test
    void showsWhatNeverStartedAsSkippedAndWhy() {
        hear(
                reviewStarted(),
                lookQueued(),
                lookStarted(),
                new StepFailed(RUN, ALICE, "look", LOOKER, 1, "BUDGET_EXHAUSTED", "no provider is left", List.of()),
                new WorkflowFailed(RUN, ALICE, "look", "BUDGET_EXHAUSTED", "no provider is left"));

        assertThat(card().status()).isEqualTo(RunStatus.FAILED);
        assertThat(card().problem()).isEqualTo("BUDGET_EXHAUSTED");
        assertThat(card().reason()).isEqualTo("no provider is left");
        assertThat(card().steps()).extracting(StepView::status).containsExactly(StepStatus.FAILED, StepStatus.SKIPPED);
    }

    @Test
    void isTheSameAfterHearingEverythingTwiceAndAfterARebuild() {
        WorkflowRunEvent[] story = {
            reviewStarted(), lookQueued(), lookStarted(), lookCompleted(), sayQueued(), sayStarted()
        };
        hear(story);
        RunView once = card();
        hear(story);
        assertThat(card()).isEqualTo(once);

        board.reset();
        hear(story);
        assertThat(card()).isEqualTo(once);
    }

    @Test
    void keepsNoPlaintextAndShowsWhatIsErasedAsErasedAlsoAfterARebuild() {
        WorkflowRunEvent[] story = {
            reviewStarted(),
            lookQueued(),
            lookStarted(),
            lookCompleted(),
            sayQueued(),
            sayStarted(),
            new StepFailed(RUN, ALICE, "say", LOOKER, 1, null, "it said: Long.java", List.of()),
            new WorkflowFailed(RUN, ALICE, "say", null, "it said: Long.java")
        };
        hear(story);
        assertThat(card().reason()).isEqualTo("it said: Long.java");
        assertThat(stored()).contains("@encrypted", "extractive").doesNotContain("Long.java");

        keys.destroy(ALICE);
        RunView erased = card();
        assertThat(erased.erased()).isTrue();
        assertThat(erased.reason()).isEqualTo(Personal.ERASED);
        assertThat(erased.steps().getFirst().output())
                .isEqualTo(new StepOutput(Personal.ERASED, List.of(), null, call()));

        board.reset();
        hear(story);
        assertThat(card()).isEqualTo(erased);
        assertThat(stored()).doesNotContain("Long.java");
    }

    @Test
    void showsWhateverAModelWrote() {
        StepOutput odd = new StepOutput("a\0b", List.of(new Statement("a\0b", List.of())), null, call());
        hear(reviewStarted(), lookQueued(), lookStarted(), new StepCompleted(RUN, ALICE, "look", LOOKER, 1, odd));

        assertThat(card().steps().getFirst().output()).isEqualTo(odd);
    }

    @Test
    void listsOpenRunsWithTheirOwner() {
        hear(reviewStarted(), lookQueued(), new RunTakenOver(RUN, HERE, THERE));
        assertThat(board.open()).containsExactly(new OpenRun(TenantId.DEFAULT, RUN, THERE, "req-1"));

        hear(new WorkflowCompleted(RUN));
        assertThat(board.open()).isEmpty();
    }

    @Test
    void keepsRunsFromOtherTenants() {
        hear(reviewStarted());

        assertThat(board.find(new TenantId("other"), RUN)).isEmpty();
        assertThat(board.medianDuration(new TenantId("other"), "review")).isEmpty();
    }

    @Test
    void knowsNoDurationBeforeARunHasCompleted() {
        hear(reviewStarted());
        assertThat(board.medianDuration(TenantId.DEFAULT, "review")).isEmpty();

        board.on(new WorkflowCompleted(RUN), START.plusSeconds(8), "req-1");
        assertThat(board.medianDuration(TenantId.DEFAULT, "review")).contains(Duration.ofSeconds(8));
    }

    private void hear(WorkflowRunEvent... events) {
        for (WorkflowRunEvent event : events) {
            board.on(event, START, "req-1");
        }
    }

    private String stored() {
        return sql.fetch("select r::text from workflows.run r union all select s::text from workflows.step s")
                .formatJSON();
    }

    private RunView card() {
        return board.find(TenantId.DEFAULT, RUN).orElseThrow();
    }
}
