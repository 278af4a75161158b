package dev.polyphony.workflows;

import static dev.polyphony.workflows.WorkflowRunExamples.ALICE;
import static dev.polyphony.workflows.WorkflowRunExamples.HERE;
import static dev.polyphony.workflows.WorkflowRunExamples.LOOKER;
import static dev.polyphony.workflows.WorkflowRunExamples.RUN;
import static dev.polyphony.workflows.WorkflowRunExamples.SPEAKER;
import static dev.polyphony.workflows.WorkflowRunExamples.THERE;
import static dev.polyphony.workflows.WorkflowRunExamples.completeLook;
import static dev.polyphony.workflows.WorkflowRunExamples.lookCompleted;
import static dev.polyphony.workflows.WorkflowRunExamples.lookOutput;
import static dev.polyphony.workflows.WorkflowRunExamples.lookQueued;
import static dev.polyphony.workflows.WorkflowRunExamples.lookStarted;
import static dev.polyphony.workflows.WorkflowRunExamples.question;
import static dev.polyphony.workflows.WorkflowRunExamples.reviewStarted;
import static dev.polyphony.workflows.WorkflowRunExamples.sayQueued;
import static dev.polyphony.workflows.WorkflowRunExamples.sayStarted;
import static dev.polyphony.workflows.WorkflowRunExamples.startReview;

import dev.polyphony.shared.NodeId;
import dev.polyphony.shared.Rejection;
import dev.polyphony.workflows.RunOptions.Priority;
import dev.polyphony.workflows.WorkflowRunCommand.BeginStep;
import dev.polyphony.workflows.WorkflowRunCommand.CompleteStep;
import dev.polyphony.workflows.WorkflowRunCommand.FailAttempt;
import dev.polyphony.workflows.WorkflowRunCommand.TakeOverRun;
import dev.polyphony.workflows.WorkflowRunEvent.RunTakenOver;
import dev.polyphony.workflows.WorkflowRunEvent.StepAttemptFailed;
import dev.polyphony.workflows.WorkflowRunEvent.StepCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.StepFailed;
import dev.polyphony.workflows.WorkflowRunEvent.StepQueued;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowFailed;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

class WorkflowRunTest {
    private final AggregateTestFixture<WorkflowRun> run = new AggregateTestFixture<>(WorkflowRun.class);

    @Test
    void queuesTheStepsThatWaitForNothing() {
        run.givenNoPriorActivity().when(startReview()).expectEvents(reviewStarted(), lookQueued());
    }

    @Test
    void changesNothingWhenItIsStartedAgain() {
        run.given(reviewStarted(), lookQueued()).when(startReview()).expectNoEvents();
    }

    @Test
    void startsAQueuedStepOnce() {
        run.given(reviewStarted(), lookQueued())
                .when(new BeginStep(RUN, "look", 1, question()))
                .expectEvents(lookStarted());
        run.given(reviewStarted(), lookQueued(), lookStarted())
                .when(new BeginStep(RUN, "look", 1, question()))
                .expectNoEvents()
                .expectException(Rejection.class);
    }

    @Test
    void queuesTheNextStepWhenAllThatItWaitsForAreCompleted() {
        run.given(reviewStarted(), lookQueued(), lookStarted())
                .when(completeLook())
                .expectEvents(lookCompleted(), sayQueued());
    }

    @Test
    void completesWithItsLastStep() {
        run.given(reviewStarted(), lookQueued(), lookStarted(), lookCompleted(), sayQueued(), sayStarted())
                .when(new CompleteStep(RUN, "say", 1, lookOutput(), null, List.of()))
                .expectEvents(
                        new StepCompleted(RUN, ALICE, "say", SPEAKER, 1, lookOutput(), null, List.of()),
                        new WorkflowCompleted(RUN));
    }

    @Test
    void failsWithAFailedStep() {
        var attempts = List.of(WorkflowRunExamples.attempt());
        run.given(reviewStarted(), lookQueued(), lookStarted())
                .when(new FailAttempt(RUN, "look", 1, "AI_PROVIDER_UNAVAILABLE", "no provider is left", attempts))
                .expectEvents(
                        new StepAttemptFailed(
                                RUN,
                                ALICE,
                                "look",
                                LOOKER,
                                1,
                                "AI_PROVIDER_UNAVAILABLE",
                                "no provider is left",
                                attempts),
                        new StepFailed(RUN, ALICE, "look", LOOKER, 1, "AI_PROVIDER_UNAVAILABLE", "no provider is left"),
                        new WorkflowFailed(RUN, ALICE, "look", "AI_PROVIDER_UNAVAILABLE", "no provider is left"));
    }

    @Test
    void queuesUnfinishedStepsAgainWhenAnotherNodeTakesItOver() {
        run.given(reviewStarted(), lookQueued(), lookStarted(), lookCompleted(), sayQueued(), sayStarted())
                .when(new TakeOverRun(RUN, HERE, THERE))
                .expectEvents(
                        new RunTakenOver(RUN, HERE, THERE),
                        new StepQueued(RUN, "say", SPEAKER, 2, THERE, Priority.NORMAL));
    }

    @Test
    void isTakenOverByOneNodeOnly() {
        run.given(reviewStarted(), lookQueued(), new RunTakenOver(RUN, HERE, THERE))
                .when(new TakeOverRun(RUN, HERE, new NodeId("node-late")))
                .expectNoEvents()
                .expectException(Rejection.class);
    }

    @Test
    void ignoresTheLateAnswerOfAnAttemptThatWasGivenAway() {
        run.given(
                        reviewStarted(),
                        lookQueued(),
                        lookStarted(),
                        new RunTakenOver(RUN, HERE, THERE),
                        new StepQueued(RUN, "look", LOOKER, 2, THERE, Priority.NORMAL))
                .when(completeLook())
                .expectNoEvents()
                .expectException(Rejection.class);
    }

    @Test
    void takesNoMoreAnswersOnceItHasEnded() {
        run.given(
                        reviewStarted(),
                        lookQueued(),
                        lookStarted(),
                        new WorkflowFailed(RUN, ALICE, "look", null, "cancelled"))
                .when(completeLook())
                .expectNoEvents()
                .expectException(Rejection.class);
    }
}
