package dev.polyphony.workflows.store;

import static dev.polyphony.workflows.WorkflowRunExamples.ALICE;
import static dev.polyphony.workflows.WorkflowRunExamples.HERE;
import static dev.polyphony.workflows.WorkflowRunExamples.LOOKER;
import static dev.polyphony.workflows.WorkflowRunExamples.REVIEW;
import static dev.polyphony.workflows.WorkflowRunExamples.RUN;
import static dev.polyphony.workflows.WorkflowRunExamples.attempt;
import static dev.polyphony.workflows.WorkflowRunExamples.input;
import static dev.polyphony.workflows.WorkflowRunExamples.lookCompleted;
import static dev.polyphony.workflows.WorkflowRunExamples.lookOutput;
import static dev.polyphony.workflows.WorkflowRunExamples.lookQueued;
import static dev.polyphony.workflows.WorkflowRunExamples.lookStarted;
import static dev.polyphony.workflows.WorkflowRunExamples.reviewStarted;
import static dev.polyphony.workflows.WorkflowRunExamples.sayQueued;
import static dev.polyphony.workflows.WorkflowRunExamples.sayStarted;
import static dev.polyphony.workflows.WorkflowRunExamples.usage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.eventstore.crypto.EncryptedJson;
import dev.polyphony.eventstore.json.JacksonJsonValues;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.privacy.store.RememberedKeys;
import dev.polyphony.shared.Json;
import dev.polyphony.shared.Personal;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.RunOptions;
import dev.polyphony.workflows.RunOptions.Parent;
import dev.polyphony.workflows.RunOptions.Priority;
import dev.polyphony.workflows.RunQueries.RunStatus;
import dev.polyphony.workflows.RunQueries.RunView;
import dev.polyphony.workflows.RunQueries.StepResult;
import dev.polyphony.workflows.RunQueries.StepStatus;
import dev.polyphony.workflows.RunQueries.StepView;
import dev.polyphony.workflows.WorkflowRunEvent;
import dev.polyphony.workflows.WorkflowRunEvent.StepCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.StepFailed;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowCancelled;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowFailed;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowStarted;
import dev.polyphony.workflows.WorkflowRunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class RunQueriesTest {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final StepResult LOOK_RESULT = new StepResult(lookOutput(), usage(), List.of(attempt()));

    private final DSLContext sql;
    private final RememberedKeys keys = new RememberedKeys();
    private final JooqRunQueries runs;

    RunQueriesTest(DSLContext sql) {
        this.sql = sql;
        RunRows rows = new RunRows(new JacksonJsonValues(), new EncryptedJson(keys));
        runs = new JooqRunQueries(sql, rows, new ReadYourWrites((_, _) -> true));
    }

    @BeforeEach
    void empty() {
        runs.reset();
    }

    @Test
    void showsStepsThatAreNotQueuedYetAsPending() {
        hear(reviewStarted(), lookQueued());

        assertThat(view().status()).isEqualTo(RunStatus.TRIGGERED);
        assertThat(view().steps()).extracting(StepView::status).containsExactly(StepStatus.QUEUED, StepStatus.PENDING);
    }

    @Test
    void showsWhatACompletedStepProduced() {
        hear(reviewStarted(), lookQueued(), lookStarted(), lookCompleted(), sayQueued());

        assertThat(view().status()).isEqualTo(RunStatus.RUNNING);
        assertThat(view().steps().getFirst().result()).isEqualTo(LOOK_RESULT);
    }

    @Test
    void showsWhatNeverStartedAsSkippedAndWhy() {
        hear(
                reviewStarted(),
                lookQueued(),
                lookStarted(),
                new StepFailed(RUN, ALICE, "look", LOOKER, 1, "BUDGET_EXHAUSTED", "no provider is left"),
                new WorkflowFailed(RUN, ALICE, "look", "BUDGET_EXHAUSTED", "no provider is left"));

        assertThat(view().status()).isEqualTo(RunStatus.FAILED);
        assertThat(view().problem()).isEqualTo("BUDGET_EXHAUSTED");
        assertThat(view().reason()).isEqualTo("no provider is left");
        assertThat(view().steps()).extracting(StepView::status).containsExactly(StepStatus.FAILED, StepStatus.SKIPPED);
    }

    @Test
    void showsACancelledRunAsEndedAndItsStepsAsSkipped() {
        hear(reviewStarted(), lookQueued(), lookStarted(), new WorkflowCancelled(RUN));

        assertThat(view().status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(view().endedAt()).isNotNull();
        assertThat(view().reason()).isNull();
        assertThat(view().steps()).extracting(StepView::status).containsExactly(StepStatus.SKIPPED, StepStatus.SKIPPED);
    }

    @Test
    void isTheSameAfterHearingEverythingTwiceAndAfterARebuild() {
        WorkflowRunEvent[] story = {
            reviewStarted(), lookQueued(), lookStarted(), lookCompleted(), sayQueued(), sayStarted()
        };
        hear(story);
        RunView once = view();
        hear(story);
        assertThat(view()).isEqualTo(once);

        runs.reset();
        hear(story);
        assertThat(view()).isEqualTo(once);
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
            new StepFailed(RUN, ALICE, "say", LOOKER, 1, null, "it said: Long.java"),
            new WorkflowFailed(RUN, ALICE, "say", null, "it said: Long.java")
        };
        hear(story);
        assertThat(view().reason()).isEqualTo("it said: Long.java");
        assertThat(stored()).contains("@encrypted", "extractive").doesNotContain("Long.java");

        keys.destroy(ALICE);
        RunView erased = view();
        assertThat(erased.erased()).isTrue();
        assertThat(erased.reason()).isEqualTo(Personal.ERASED);
        assertThat(erased.steps().getFirst().result())
                .isEqualTo(new StepResult(Json.NULL, usage(), List.of(attempt())));

        runs.reset();
        hear(story);
        assertThat(view()).isEqualTo(erased);
        assertThat(stored()).doesNotContain("Long.java");
    }

    @Test
    void showsWhateverAModelWrote() {
        Json odd = new JacksonJsonValues().write("a\0b");
        hear(
                reviewStarted(),
                lookQueued(),
                lookStarted(),
                new StepCompleted(RUN, ALICE, "look", LOOKER, 1, odd, null, List.of()));

        assertThat(view().steps().getFirst().result()).isEqualTo(new StepResult(odd, null, List.of()));
    }

    @Test
    void showsPriorityTagsAndParentOfARun() {
        RunOptions options = new RunOptions(
                Priority.HIGH, List.of("nightly"), new Parent(new WorkflowRunId("parent-1"), "review"), List.of());
        hear(new WorkflowStarted(RUN, TenantId.DEFAULT, ALICE, REVIEW, input(), options, HERE));

        assertThat(view().options()).isEqualTo(options);
    }

    @Test
    void keepsRunsFromOtherTenants() {
        hear(reviewStarted());

        assertThat(runs.find(new TenantId("other"), RUN)).isEmpty();
        assertThat(runs.medianDuration(new TenantId("other"), "review")).isEmpty();
    }

    @Test
    void knowsNoDurationBeforeARunHasCompleted() {
        hear(reviewStarted());
        assertThat(runs.medianDuration(TenantId.DEFAULT, "review")).isEmpty();

        runs.on(new WorkflowCompleted(RUN), START.plusSeconds(8), "req-1");
        assertThat(runs.medianDuration(TenantId.DEFAULT, "review")).contains(Duration.ofSeconds(8));
    }

    private void hear(WorkflowRunEvent... events) {
        for (WorkflowRunEvent event : events) {
            runs.on(event, START, "req-1");
        }
    }

    private String stored() {
        return sql.fetch("select r::text from workflows.run r union all select s::text from workflows.step s")
                .formatJSON();
    }

    private RunView view() {
        return runs.find(TenantId.DEFAULT, RUN).orElseThrow();
    }
}
