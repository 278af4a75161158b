package dev.polyphony.workflows.automation;

import static dev.polyphony.workflows.WorkflowRunExamples.HERE;
import static dev.polyphony.workflows.WorkflowRunExamples.RUN;
import static dev.polyphony.workflows.WorkflowRunExamples.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.agents.BuiltInAgents;
import dev.polyphony.eventstore.json.JacksonJsonValues;
import dev.polyphony.providers.Embeddings;
import dev.polyphony.providers.ModelReply;
import dev.polyphony.providers.ModelRequest;
import dev.polyphony.providers.ModelRouter;
import dev.polyphony.providers.RouteOptions;
import dev.polyphony.providers.chat.ReplyListener;
import dev.polyphony.shared.Json;
import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.RunOptions.Priority;
import dev.polyphony.workflows.StepPolicy;
import dev.polyphony.workflows.StepSpec.TaskStep;
import dev.polyphony.workflows.WorkflowDefinition;
import dev.polyphony.workflows.WorkflowRunCommand;
import dev.polyphony.workflows.WorkflowRunCommand.BeginStep;
import dev.polyphony.workflows.WorkflowRunCommand.CompleteStep;
import dev.polyphony.workflows.WorkflowRunCommand.FailAttempt;
import dev.polyphony.workflows.WorkflowRunEvent.StepQueued;
import dev.polyphony.workflows.WorkflowRunId;
import dev.polyphony.workflows.engine.AskAgent;
import dev.polyphony.workflows.engine.PerformStep;
import dev.polyphony.workflows.engine.RunState;
import dev.polyphony.workflows.engine.TaskType;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StepExecutorTest {
    private static final Json PARAMETERS = new Json("{\"depth\":3}");
    private static final StepQueued QUEUED = new StepQueued(RUN, "look", null, 1, HERE, Priority.NORMAL);

    private final List<WorkflowRunCommand> sent = new CopyOnWriteArrayList<>();
    private StepExecutor executor = executor("probe", () -> Json.NULL);

    @AfterEach
    void close() {
        executor.close();
    }

    @Test
    void recordsTheParametersOfATaskAndWhatItProduced() {
        Json output = new Json("{\"files\":2}");
        perform(executor("probe", () -> output));

        assertThat(sent)
                .containsExactly(
                        new BeginStep(RUN, "look", 1, PARAMETERS),
                        new CompleteStep(RUN, "look", 1, output, null, List.of()));
    }

    @Test
    void takesAnErrorForAFailedAttempt() {
        perform(executor("probe", () -> {
            throw new OutOfMemoryError("too many files");
        }));

        assertThat(sent.getLast())
                .isInstanceOfSatisfying(
                        FailAttempt.class,
                        failed -> assertThat(failed.reason())
                                .isEqualTo("internal error: OutOfMemoryError; the server's log tells more"));
    }

    @Test
    void failsAStepOfATypeThatThisServerDoesNotHave() {
        perform(executor("another", () -> Json.NULL));

        assertThat(sent)
                .containsExactly(
                        new BeginStep(RUN, "look", 1, Json.NULL),
                        new FailAttempt(
                                RUN, "look", 1, "STEP_UNSUPPORTED", "there is no task type 'probe'", List.of()));
    }

    @Test
    void reportsNothingWhenTheDatabaseWentAway() {
        perform(executor("probe", () -> {
            throw new IllegalStateException(new SQLException("the connection broke", "08006"));
        }));

        assertThat(sent).containsExactly(new BeginStep(RUN, "look", 1, PARAMETERS));
    }

    @Test
    void interruptsACancelledStepAndReportsNothing() {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        begin(executor("probe", () -> {
            begun.countDown();
            try {
                return new CompletableFuture<Json>().get();
            } catch (InterruptedException | ExecutionException cut) {
                interrupted.set(cut instanceof InterruptedException);
                throw new IllegalStateException(cut);
            }
        }));
        await().until(() -> begun.getCount() == 0);

        executor.cancel(RUN);

        await().until(() -> !executor.isWorkingOn(RUN));
        assertThat(interrupted).isTrue();
        assertThat(sent).containsExactly(new BeginStep(RUN, "look", 1, PARAMETERS));
    }

    @Test
    void dropsACancelledStepThatWaitsAndGoesOnWithTheOthers() {
        CountDownLatch free = new CountDownLatch(1);
        WorkflowRunId another = new WorkflowRunId("another");
        begin(executor("probe", () -> {
            try {
                free.await();
            } catch (InterruptedException cut) {
                throw new IllegalStateException(cut);
            }
            return Json.NULL;
        }));
        executor.execute(
                new StepQueued(another, "look", null, 1, HERE, Priority.NORMAL), MessageOrigin.ofServer("test"));

        executor.cancel(another);
        assertThat(executor.isWorkingOn(another)).isFalse();
        free.countDown();

        await().until(() -> !executor.isWorkingOn(RUN));
        assertThat(sent)
                .containsExactly(
                        new BeginStep(RUN, "look", 1, PARAMETERS),
                        new CompleteStep(RUN, "look", 1, Json.NULL, null, List.of()));
    }

    private void perform(StepExecutor other) {
        begin(other);
        await().until(() -> !executor.isWorkingOn(RUN));
    }

    private void begin(StepExecutor other) {
        executor.close();
        executor = other;
        executor.execute(QUEUED, MessageOrigin.ofServer("test"));
    }

    private StepExecutor executor(String taskType, Supplier<Json> work) {
        WorkflowDefinition definition = new WorkflowDefinition(
                "probing", 1, List.of(new TaskStep("look", List.of(), "probe", PARAMETERS, StepPolicy.DEFAULT)));
        AskAgent nobody = new AskAgent(
                new BuiltInAgents(), new NoModels(), List.of(), new JacksonJsonValues(), Duration.ofSeconds(1));
        PerformStep performStep = new PerformStep(
                _ -> RunState.of(List.of(started(definition)), _ -> false), nobody, List.of(new Task(taskType, work)));
        CommandGateway commands = commands();
        return new StepExecutor(commands, commands, performStep, 1);
    }

    private CommandGateway commands() {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        for (Class<?> command : List.of(BeginStep.class, CompleteStep.class, FailAttempt.class)) {
            bus.subscribe(command.getName(), message -> sent.add((WorkflowRunCommand) message.getPayload()));
        }
        return DefaultCommandGateway.builder().commandBus(bus).build();
    }

    private record Task(String name, Supplier<Json> work) implements TaskType {
        @Override
        public Json perform(TenantId tenant, Json parameters, Json runInput) {
            return work.get();
        }
    }

    private static final class NoModels implements ModelRouter {
        @Override
        public Routed<ModelReply> route(ModelRequest request, RouteOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Routed<ModelReply> route(ModelRequest request, RouteOptions options, ReplyListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Routed<Embeddings> embed(List<String> texts, RouteOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> providers() {
            return List.of();
        }
    }
}
