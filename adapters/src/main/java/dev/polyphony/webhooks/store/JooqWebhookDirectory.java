package dev.polyphony.webhooks.store;

import static dev.polyphony.db.webhooks.Tables.ENDPOINT;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import dev.polyphony.db.webhooks.tables.records.EndpointRecord;
import dev.polyphony.eventstore.BatchedWrites;
import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.shared.TenantId;
import dev.polyphony.webhooks.RegisteredWebhook;
import dev.polyphony.webhooks.WebhookCursor;
import dev.polyphony.webhooks.WebhookDirectory;
import dev.polyphony.webhooks.WebhookEndpointEvent;
import dev.polyphony.webhooks.WebhookEndpointEvent.WebhookDisabled;
import dev.polyphony.webhooks.WebhookEndpointEvent.WebhookRegistered;
import dev.polyphony.webhooks.WebhookEndpointEvent.WebhookRemoved;
import dev.polyphony.webhooks.WebhookEndpointId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
@ProcessingGroup(JooqWebhookDirectory.PROJECTION)
class JooqWebhookDirectory implements WebhookDirectory {
    static final String PROJECTION = "webhook-directory";

    private final DSLContext sql;
    private final ReadYourWrites writes;

    JooqWebhookDirectory(DSLContext sql, ReadYourWrites writes) {
        this.sql = sql;
        this.writes = writes;
    }

    @Override
    public Optional<RegisteredWebhook> find(TenantId tenant, WebhookEndpointId endpointId) {
        writes.await(PROJECTION);
        return sql.selectFrom(ENDPOINT)
                .where(ENDPOINT.ENDPOINT_ID.eq(endpointId.value()))
                .and(ENDPOINT.TENANT.eq(tenant.value()))
                .fetchOptional(JooqWebhookDirectory::webhook);
    }

    @Override
    public List<RegisteredWebhook> list(TenantId tenant, @Nullable WebhookCursor after, int limit) {
        writes.await(PROJECTION);
        Condition behind = after == null
                ? noCondition()
                : row(ENDPOINT.CREATED_AT, ENDPOINT.ENDPOINT_ID)
                        .gt(after.createdAt(), after.endpointId().value());
        return sql.selectFrom(ENDPOINT)
                .where(ENDPOINT.TENANT.eq(tenant.value()))
                .and(behind)
                .orderBy(ENDPOINT.CREATED_AT, ENDPOINT.ENDPOINT_ID)
                .limit(limit)
                .fetch(JooqWebhookDirectory::webhook);
    }

    private static RegisteredWebhook webhook(EndpointRecord row) {
        return new RegisteredWebhook(
                new WebhookEndpointId(row.getEndpointId()),
                URI.create(row.getUrl()),
                List.of(row.getEvents()),
                row.getStatus(),
                row.getStatusReason(),
                row.getCreatedAt());
    }

    @EventHandler
    void on(WebhookEndpointEvent event) {
        switch (event) {
            case WebhookRegistered registered ->
                BatchedWrites.add(sql.insertInto(ENDPOINT)
                        .set(ENDPOINT.ENDPOINT_ID, registered.endpointId().value())
                        .set(ENDPOINT.TENANT, registered.tenant().value())
                        .set(ENDPOINT.URL, registered.url().toString())
                        .set(ENDPOINT.EVENTS, registered.events().toArray(String[]::new))
                        .set(ENDPOINT.STATUS, RegisteredWebhook.ACTIVE)
                        .set(ENDPOINT.CREATED_AT, registered.registeredAt())
                        .onConflictDoNothing());
            case WebhookDisabled disabled ->
                BatchedWrites.add(sql.update(ENDPOINT)
                        .set(ENDPOINT.STATUS, RegisteredWebhook.DISABLED)
                        .set(ENDPOINT.STATUS_REASON, disabled.reason())
                        .where(ENDPOINT.ENDPOINT_ID.eq(disabled.endpointId().value())));
            case WebhookRemoved removed ->
                BatchedWrites.add(sql.deleteFrom(ENDPOINT)
                        .where(ENDPOINT.ENDPOINT_ID.eq(removed.endpointId().value())));
        }
    }

    @ResetHandler
    void reset() {
        sql.truncate(ENDPOINT).execute();
    }
}
