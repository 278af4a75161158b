package dev.polyphony.audit.store;

import static dev.polyphony.eventstore.StoredHistory.facts;
import static dev.polyphony.workflows.WorkflowRunExamples.lookQueued;
import static dev.polyphony.workflows.WorkflowRunExamples.lookStarted;
import static dev.polyphony.workflows.WorkflowRunExamples.reviewStarted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.audit.AuditEntry;
import dev.polyphony.audit.AuditQuery;
import dev.polyphony.eventstore.StoredHistory;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.postgres.TestDatabase;
import dev.polyphony.shared.TenantId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class AuditTrailTest {
    private static final TenantId ACME = new TenantId("acme");

    private final StoredHistory history;
    private final JooqAuditTrail trail;
    private final String id = "review-" + UUID.randomUUID();

    AuditTrailTest(TestDatabase database) {
        this.history = StoredHistory.in(database);
        this.trail = new JooqAuditTrail(database.sql());
    }

    @AfterEach
    void close() {
        history.close();
    }

    @BeforeEach
    void writeAStory() {
        history.store().publish(facts("workflow", id, 0, reviewStarted(), lookQueued(), lookStarted()));
    }

    @Test
    void listsTheNewestFirstWithEverythingThatIsKnown() {
        List<AuditEntry> entries = trail.list(query(ACME, null, null));

        assertThat(entries)
                .extracting(AuditEntry::type)
                .containsExactly("workflow.step.started", "workflow.step.queued", "workflow.started");
        AuditEntry first = entries.getLast();
        assertThat(first.actor()).isEqualTo("key:ann");
        assertThat(first.tenant()).isEqualTo("acme");
        assertThat(first.aggregateId()).isEqualTo(id);
        assertThat(first.aggregateType()).isEqualTo("workflow");
        assertThat(first.sequence()).isZero();
        assertThat(first.correlationId()).isEqualTo("req-1");
        assertThat(first.causationId()).isEqualTo("req-1");
        assertThat(first.payload()).contains("\"workflow_id\":\"review-1\"");
    }

    @Test
    void filtersByTypeAndGoesOnFromACursor() {
        assertThat(trail.list(query(ACME, "workflow.started", null))).hasSize(1);

        long newest = trail.list(query(ACME, null, null)).getFirst().position();
        assertThat(trail.list(query(ACME, null, newest)))
                .extracting(AuditEntry::type)
                .containsExactly("workflow.step.queued", "workflow.started");
    }

    @Test
    void showsNothingOfAnotherTenant() {
        assertThat(trail.list(query(new TenantId("other"), null, null))).isEmpty();
    }

    private AuditQuery query(TenantId tenant, @Nullable String type, @Nullable Long before) {
        return new AuditQuery(tenant, id, type, null, null, null, null, before, 10);
    }
}
