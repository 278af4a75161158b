package dev.polyphony.workflows.automation;

import static dev.polyphony.workflows.WorkflowRunExamples.ALICE;
import static dev.polyphony.workflows.WorkflowRunExamples.HERE;
import static dev.polyphony.workflows.WorkflowRunExamples.REVIEW;
import static dev.polyphony.workflows.WorkflowRunExamples.RUN;
import static dev.polyphony.workflows.WorkflowRunExamples.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.polyphony.shared.Problem.Kind;
import dev.polyphony.workflows.RunOptions;
import dev.polyphony.workflows.StepQueueFull;
import dev.polyphony.workflows.WorkflowProblem;
import dev.polyphony.workflows.WorkflowRunCommand.StartRun;
import java.time.Duration;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.junit.jupiter.api.Test;

class RunAdmissionTest {
    private static final StartRun START =
            new StartRun(RUN, ALICE.tenant(), ALICE, REVIEW, input(), RunOptions.DEFAULT, HERE);

    private int waiting;
    private int started;
    private Runnable onStart = () -> {};
    private final RunAdmission admission = admission();

    private RunAdmission admission() {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        bus.subscribe(StartRun.class.getName(), _ -> {
            onStart.run();
            return started++;
        });
        return new RunAdmission(DefaultCommandGateway.builder().commandBus(bus).build(), () -> waiting, 2);
    }

    @Test
    void startsARunWhileThereIsRoom() {
        waiting = 1;
        admission.start(START);

        assertThat(started).isOne();
    }

    @Test
    void refusesARunForNowWhenTheQueueIsFull() {
        waiting = 2;
        assertThatThrownBy(() -> admission.start(START))
                .asInstanceOf(type(StepQueueFull.class))
                .returns(WorkflowProblem.STEP_QUEUE_FULL, StepQueueFull::problem)
                .returns(Kind.UNAVAILABLE, full -> full.problem().kind())
                .returns(Duration.ofSeconds(5), StepQueueFull::retryAfter);
        assertThat(started).isZero();

        waiting = 1;
        admission.start(START);
        assertThat(started).isOne();
    }

    @Test
    void countsRunsThatAreBeingStarted() {
        waiting = 1;
        onStart = () -> assertThatThrownBy(() -> admission.start(START)).isInstanceOf(StepQueueFull.class);
        admission.start(START);

        assertThat(started).isOne();
    }

    @Test
    void makesRoomAgainWhenAStartFails() {
        onStart = () -> {
            throw new IllegalStateException("in a test");
        };
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> admission.start(START)).hasStackTraceContaining("in a test");
        }
        onStart = () -> {};
        admission.start(START);

        assertThat(started).isOne();
    }
}
