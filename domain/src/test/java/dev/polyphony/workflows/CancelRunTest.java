package dev.polyphony.workflows;

import static dev.polyphony.workflows.WorkflowRunExamples.ALICE;
import static dev.polyphony.workflows.WorkflowRunExamples.HERE;
import static dev.polyphony.workflows.WorkflowRunExamples.RUN;
import static dev.polyphony.workflows.WorkflowRunExamples.THERE;
import static dev.polyphony.workflows.WorkflowRunExamples.completeLook;
import static dev.polyphony.workflows.WorkflowRunExamples.lookCompleted;
import static dev.polyphony.workflows.WorkflowRunExamples.lookQueued;
import static dev.polyphony.workflows.WorkflowRunExamples.lookStarted;
import static dev.polyphony.workflows.WorkflowRunExamples.question;
import static dev.polyphony.workflows.WorkflowRunExamples.reviewStarted;
import static dev.polyphony.workflows.WorkflowRunExamples.sayQueued;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.shared.Problem;
import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.WorkflowRunCommand.BeginStep;
import dev.polyphony.workflows.WorkflowRunCommand.CancelRun;
import dev.polyphony.workflows.WorkflowRunCommand.FailAttempt;
import dev.polyphony.workflows.WorkflowRunCommand.TakeOverRun;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowCancelled;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowFailed;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.matchers.Matchers;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CancelRunTest {
    private static final CancelRun CANCEL = new CancelRun(RUN, ALICE.tenant());

    private final AggregateTestFixture<WorkflowRun> run = new AggregateTestFixture<>(WorkflowRun.class);

    static List<List<WorkflowRunEvent>> openRuns() {
        return List.of(
                List.of(reviewStarted(), lookQueued()),
                List.of(reviewStarted(), lookQueued(), lookStarted()),
                List.of(reviewStarted(), lookQueued(), lookStarted(), lookCompleted(), sayQueued()));
    }

    static List<WorkflowRunEvent> ends() {
        return List.of(new WorkflowCompleted(RUN), new WorkflowFailed(RUN, ALICE, "look", null, "no provider is left"));
    }

    static Stream<WorkflowRunCommand> lateCommands() {
        return Stream.of(
                completeLook(),
                new FailAttempt(RUN, "look", 1, null, "interrupted", List.of()),
                new BeginStep(RUN, "look", 1, question()),
                new TakeOverRun(RUN, HERE, THERE));
    }

    @ParameterizedTest
    @MethodSource("openRuns")
    void endsAnOpenRun(List<WorkflowRunEvent> story) {
        run.given(story).when(CANCEL).expectEvents(new WorkflowCancelled(RUN));
    }

    @Test
    void changesNothingTheSecondTime() {
        run.given(reviewStarted(), lookQueued(), new WorkflowCancelled(RUN))
                .when(CANCEL)
                .expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @ParameterizedTest
    @MethodSource("ends")
    void isRefusedOnceTheRunHasEnded(WorkflowRunEvent end) {
        run.given(reviewStarted(), lookQueued(), lookStarted(), end)
                .when(CANCEL)
                .expectNoEvents()
                .expectException(rejected(WorkflowProblem.RUN_NOT_CANCELLABLE));
    }

    @Test
    void isRefusedForARunThatIsUnknownOrAnotherTenants() {
        run.givenNoPriorActivity()
                .when(CANCEL)
                .expectNoEvents()
                .expectException(rejected(WorkflowProblem.WORKFLOW_NOT_FOUND));
        run.given(reviewStarted(), lookQueued())
                .when(new CancelRun(RUN, new TenantId("another")))
                .expectNoEvents()
                .expectException(rejected(WorkflowProblem.WORKFLOW_NOT_FOUND));
    }

    @ParameterizedTest
    @MethodSource("lateCommands")
    void takesNothingMoreOnceItIsCancelled(WorkflowRunCommand late) {
        run.given(reviewStarted(), lookQueued(), lookStarted(), new WorkflowCancelled(RUN))
                .when(late)
                .expectNoEvents()
                .expectException(rejected(WorkflowProblem.RUN_ENDED));
    }

    private static Matcher<? super Throwable> rejected(Problem problem) {
        return Matchers.matches(thrown -> {
            assertThat(thrown)
                    .isInstanceOfSatisfying(
                            Rejection.class,
                            rejection -> assertThat(rejection.problem()).isEqualTo(problem));
            return true;
        });
    }
}
