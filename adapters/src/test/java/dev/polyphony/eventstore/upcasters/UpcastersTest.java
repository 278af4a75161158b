package dev.polyphony.eventstore.upcasters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.agents.AgentId;
import dev.polyphony.eventstore.StoredHistory;
import dev.polyphony.eventstore.chain.EventContent;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.postgres.TestDatabase;
import dev.polyphony.shared.NodeId;
import dev.polyphony.workflows.RunOptions.Priority;
import dev.polyphony.workflows.WorkflowRunEvent.StepQueued;
import dev.polyphony.workflows.WorkflowRunId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.TrackingEventStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Events as older versions stored them, byte for byte. */
@ExtendWith(PostgresExtension.class)
class UpcastersTest {
    private static final String QUEUED_BY_A_CONSTANT = """
        {"workflow_id":"wf_old","step":"look","agent":"code-reader","attempt":1,"node":"old-node","priority":"NORMAL"}\
        """;

    private static final WorkflowRunId OLD = new WorkflowRunId("wf_old");

    private final TestDatabase database;

    UpcastersTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void readTheConstantOfAPriorityAsItsWord() throws Exception {
        try (StoredHistory history = StoredHistory.in(database)) {
            history.log().append(List.of(stored("workflow.step.queued", QUEUED_BY_A_CONSTANT)));

            Object asItsAggregateSeesIt =
                    history.store().readEvents(OLD.value()).next().getPayload();
            try (TrackingEventStream followed = history.store().openStream(null)) {
                assertThat(followed.nextAvailable().getPayload()).isEqualTo(asItsAggregateSeesIt);
            }
            assertThat(asItsAggregateSeesIt)
                    .isEqualTo(new StepQueued(
                            OLD, "look", new AgentId("code-reader"), 1, new NodeId("old-node"), Priority.NORMAL));
        }
    }

    private static EventContent stored(String type, String payload) {
        return new EventContent(
                UUID.randomUUID().toString(),
                type,
                1,
                "workflow",
                OLD.value(),
                0,
                "acme",
                "key:ann",
                "req-1",
                "req-1",
                Instant.parse("2026-03-01T10:00:00.123456Z"),
                payload);
    }
}
