package dev.polyphony.platform.axon;

import static dev.polyphony.workflows.WorkflowRunExamples.ALICE;
import static dev.polyphony.workflows.WorkflowRunExamples.REVIEW;
import static dev.polyphony.workflows.WorkflowRunExamples.input;
import static dev.polyphony.workflows.WorkflowRunExamples.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.postgres.TestDatabase;
import dev.polyphony.shared.NodeId;
import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.TenantId;
import dev.polyphony.workflows.RunOptions;
import dev.polyphony.workflows.StepPolicy;
import dev.polyphony.workflows.WorkflowRunCommand.BeginStep;
import dev.polyphony.workflows.WorkflowRunCommand.StartRun;
import dev.polyphony.workflows.WorkflowRunCommand.TakeOverRun;
import dev.polyphony.workflows.WorkflowRunId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A step ends the process of whoever begins it, and one node after the other takes its run over. */
@ExtendWith(PostgresExtension.class)
class DeadlyStepTest {
    private static final int ATTEMPTS = StepPolicy.DEFAULT.maxAttempts();

    private final TestDatabase database;
    private final WorkflowRunId run = WorkflowRunId.random("review");

    DeadlyStepTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void failsItsRunAfterTheAttemptsThatItsPolicyAllows() {
        NodeId owner = new NodeId("node-1");
        try (CommandNode node = CommandNode.on(database)) {
            node.send(new StartRun(run, TenantId.DEFAULT, ALICE, REVIEW, input(), RunOptions.DEFAULT, owner));
        }
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            NodeId next = new NodeId("node-" + (attempt + 1));
            try (CommandNode node = CommandNode.on(database)) {
                node.send(new BeginStep(run, "look", attempt, question()));
            }
            try (CommandNode node = CommandNode.on(database)) {
                node.send(new TakeOverRun(run, owner, next));
            }
            owner = next;
        }
        try (CommandNode node = CommandNode.on(database)) {
            NodeId last = owner;
            assertThat(typesOf(node))
                    .endsWith(
                            "workflow.step.started", "workflow.taken_over", "workflow.step.failed", "workflow.failed");
            assertThat(typesOf(node).stream().filter("workflow.step.started"::equals))
                    .hasSize(ATTEMPTS);
            assertThatThrownBy(() -> node.send(new TakeOverRun(run, last, new NodeId("node-late"))))
                    .isInstanceOf(Rejection.class)
                    .hasMessageContaining("has ended");
        }
    }

    private List<String> typesOf(CommandNode node) {
        return node.history().ofAggregate(run.value(), 0, 100).stream()
                .map(event -> event.content().type())
                .toList();
    }
}
