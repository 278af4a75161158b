package dev.polyphony.audit.store;

import static dev.polyphony.eventstore.StoredHistory.facts;
import static dev.polyphony.workflows.WorkflowRunExamples.lookQueued;
import static dev.polyphony.workflows.WorkflowRunExamples.lookStarted;
import static dev.polyphony.workflows.WorkflowRunExamples.reviewStarted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.audit.AuditEntry;
import dev.polyphony.audit.AuditQuery;
import dev.polyphony.db.PostgresExtension;
import dev.polyphony.eventstore.PostgresEventStorageEngine;
import dev.polyphony.eventstore.StoredHistory;
import dev.polyphony.shared.TenantId;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class AuditTrailTest {
    private static final TenantId ACME = new TenantId("acme");

    private final DSLContext sql;
    private final JooqAuditTrail trail;

    AuditTrailTest(DSLContext sql) {
        this.sql = sql;
        this.trail = new JooqAuditTrail(sql);
    }

    @BeforeEach
    void writeAStory() {
        sql.execute("delete from eventstore.event");
        sql.transaction(
                transaction -> new PostgresEventStorageEngine(DSL.using(transaction), StoredHistory.serializer())
                        .appendEvents(facts("workflow", "review-1", 0, reviewStarted(), lookQueued(), lookStarted())));
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
        assertThat(first.aggregateId()).isEqualTo("review-1");
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

    private static AuditQuery query(TenantId tenant, @Nullable String type, @Nullable Long before) {
        return new AuditQuery(tenant, null, type, null, null, null, null, before, 10);
    }
}
