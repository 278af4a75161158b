package dev.polyphony.workflows;

import static dev.polyphony.workflows.WorkflowRunExamples.ALICE;
import static dev.polyphony.workflows.WorkflowRunExamples.HERE;
import static dev.polyphony.workflows.WorkflowRunExamples.LOOKER;
import static dev.polyphony.workflows.WorkflowRunExamples.RUN;
import static dev.polyphony.workflows.WorkflowRunExamples.SPEAKER;
import static dev.polyphony.workflows.WorkflowRunExamples.THERE;
import static dev.polyphony.workflows.WorkflowRunExamples.question;
import static dev.polyphony.workflows.WorkflowRunExamples.started;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.agents.AgentId;
import dev.polyphony.shared.Json;
import dev.polyphony.shared.NodeId;
import dev.polyphony.workflows.RunOptions.Priority;
import dev.polyphony.workflows.StepPolicy.OnError;
import dev.polyphony.workflows.StepSpec.AgentStep;
import dev.polyphony.workflows.WorkflowRunCommand.CompleteStep;
import dev.polyphony.workflows.WorkflowRunCommand.FailAttempt;
import dev.polyphony.workflows.WorkflowRunCommand.TakeOverRun;
import dev.polyphony.workflows.WorkflowRunEvent.RunTakenOver;
import dev.polyphony.workflows.WorkflowRunEvent.StepAttemptFailed;
import dev.polyphony.workflows.WorkflowRunEvent.StepCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.StepFailed;
import dev.polyphony.workflows.WorkflowRunEvent.StepQueued;
import dev.polyphony.workflows.WorkflowRunEvent.StepStarted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowCompleted;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowFailed;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run makes of attempts that fail, and of those that end with their process. */
class StepPolicyTest {
    private static final String EXHAUSTED = "STEP_ATTEMPTS_EXHAUSTED";
    private static final String THREE_TIMES = "Step 'look' was begun 3 times, the most that its policy allows, and its"
            + " process ended in the last attempt.";

    private final AggregateTestFixture<WorkflowRun> run = new AggregateTestFixture<>(WorkflowRun.class);

    @Test
    void triesAFailedAttemptAgainAsOftenAsThePolicySays() {
        WorkflowDefinition definition = with(new StepPolicy(5, 1, OnError.FAIL_RUN));

        run.given(started(definition), queued("look", LOOKER, 1, HERE), begun("look", 1))
                .when(fail(1))
                .expectEvents(attemptFailed(1), queued("look", LOOKER, 2, HERE));
        run.given(
                        started(definition),
                        queued("look", LOOKER, 1, HERE),
                        begun("look", 1),
                        attemptFailed(1),
                        queued("look", LOOKER, 2, HERE),
                        begun("look", 2))
                .when(fail(2))
                .expectEvents(attemptFailed(2), stepFailed(2, "BROKEN", "it broke"), runFailed("BROKEN", "it broke"));
    }

    @Test
    void goesOnWithoutAStepThatMayFail() {
        WorkflowDefinition definition = with(new StepPolicy(5, 0, OnError.CONTINUE));

        run.given(started(definition), queued("look", LOOKER, 1, HERE), begun("look", 1))
                .when(fail(1))
                .expectEvents(attemptFailed(1), stepFailed(1, "BROKEN", "it broke"), queued("say", SPEAKER, 1, HERE));
        run.given(
                        started(definition),
                        queued("look", LOOKER, 1, HERE),
                        begun("look", 1),
                        attemptFailed(1),
                        stepFailed(1, "BROKEN", "it broke"),
                        queued("say", SPEAKER, 1, HERE),
                        begun("say", 1))
                .when(new CompleteStep(RUN, "say", 1, Json.EMPTY, null, List.of()))
                .expectEvents(
                        new StepCompleted(RUN, ALICE, "say", SPEAKER, 1, Json.EMPTY, null, List.of()),
                        new WorkflowCompleted(RUN));
    }

    @Test
    void failsAStepThatEndsItsProcessEveryTime() {
        WorkflowDefinition definition = with(new StepPolicy(3, 0, OnError.FAIL_RUN));

        run.given(diedIn("look", 3, definition))
                .when(new TakeOverRun(RUN, node(3), node(4)))
                .expectEvents(
                        new RunTakenOver(RUN, node(3), node(4)),
                        stepFailed(3, EXHAUSTED, THREE_TIMES),
                        runFailed(EXHAUSTED, THREE_TIMES));
    }

    @Test
    void goesOnWithoutAStepThatEndsItsProcessEveryTimeAndMayFail() {
        WorkflowDefinition definition = with(new StepPolicy(3, 0, OnError.CONTINUE));

        run.given(diedIn("look", 3, definition))
                .when(new TakeOverRun(RUN, node(3), node(4)))
                .expectEvents(
                        new RunTakenOver(RUN, node(3), node(4)),
                        stepFailed(3, EXHAUSTED, THREE_TIMES),
                        queued("say", SPEAKER, 1, node(4)));
    }

    @Test
    void chargesNoAttemptThatNeverBegan() {
        WorkflowDefinition definition = with(new StepPolicy(1, 0, OnError.FAIL_RUN));
        List<Object> story = new ArrayList<>(List.of(started(definition), queued("look", LOOKER, 1, HERE)));
        NodeId owner = HERE;
        for (int attempt = 2; attempt < 9; attempt++) {
            story.add(new RunTakenOver(RUN, owner, node(attempt)));
            story.add(queued("look", LOOKER, attempt, node(attempt)));
            owner = node(attempt);
        }

        run.given(story)
                .when(new TakeOverRun(RUN, owner, THERE))
                .expectEvents(new RunTakenOver(RUN, owner, THERE), queued("look", LOOKER, 9, THERE));
    }

    @Test
    void countsAttemptsThatFailedAndThoseThatEndedWithTheirProcessTogether() {
        WorkflowDefinition definition = with(new StepPolicy(3, 2, OnError.FAIL_RUN));
        List<Object> story = new ArrayList<>(diedIn("look", 2, definition));
        story.add(new RunTakenOver(RUN, node(2), node(3)));
        story.add(queued("look", LOOKER, 3, node(3)));
        story.add(begun("look", 3));

        run.given(story)
                .when(fail(3))
                .expectEvents(attemptFailed(3), stepFailed(3, "BROKEN", "it broke"), runFailed("BROKEN", "it broke"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "101, 0", "1, 1", "5, -1"})
    void refusesPoliciesOutOfBounds(int maxAttempts, int retries) {
        assertThatThrownBy(() -> new StepPolicy(maxAttempts, retries, OnError.FAIL_RUN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The step is begun that often, by one node after the other, and each of them dies. */
    private static List<Object> diedIn(String step, int times, WorkflowDefinition definition) {
        List<Object> story = new ArrayList<>(List.of(started(definition)));
        NodeId owner = HERE;
        for (int attempt = 1; attempt <= times; attempt++) {
            if (attempt > 1) {
                story.add(new RunTakenOver(RUN, owner, node(attempt)));
            }
            owner = node(attempt);
            story.add(queued(step, LOOKER, attempt, owner));
            story.add(begun(step, attempt));
        }
        return story;
    }

    private static NodeId node(int number) {
        return number == 1 ? HERE : new NodeId("node-" + number);
    }

    private static WorkflowDefinition with(StepPolicy policy) {
        return new WorkflowDefinition(
                "review",
                1,
                List.of(
                        new AgentStep("look", List.of(), LOOKER, "What stands out?", "facts", policy),
                        new AgentStep("say", List.of("look"), SPEAKER, "What matters?", "facts", policy)));
    }

    private static StepQueued queued(String step, AgentId agent, int attempt, NodeId node) {
        return new StepQueued(RUN, step, agent, attempt, node, Priority.NORMAL);
    }

    private static StepStarted begun(String step, int attempt) {
        return new StepStarted(RUN, ALICE, step, attempt, question());
    }

    private static FailAttempt fail(int attempt) {
        return new FailAttempt(RUN, "look", attempt, "BROKEN", "it broke", List.of());
    }

    private static StepAttemptFailed attemptFailed(int attempt) {
        return new StepAttemptFailed(RUN, ALICE, "look", LOOKER, attempt, "BROKEN", "it broke", List.of());
    }

    private static StepFailed stepFailed(int attempt, String problem, String reason) {
        return new StepFailed(RUN, ALICE, "look", LOOKER, attempt, problem, reason);
    }

    private static WorkflowFailed runFailed(String problem, String reason) {
        return new WorkflowFailed(RUN, ALICE, "look", problem, reason);
    }
}
