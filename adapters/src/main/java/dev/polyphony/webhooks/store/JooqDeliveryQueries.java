package dev.polyphony.webhooks.store;

import static dev.polyphony.db.webhooks.Tables.DELIVERY;

import dev.polyphony.db.webhooks.tables.records.DeliveryRecord;
import dev.polyphony.shared.TenantId;
import dev.polyphony.webhooks.DeliveryId;
import dev.polyphony.webhooks.DeliveryQueries;
import dev.polyphony.webhooks.WebhookEndpointId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

@Component
class JooqDeliveryQueries implements DeliveryQueries {
    private final DSLContext sql;

    JooqDeliveryQueries(DSLContext sql) {
        this.sql = sql;
    }

    @Override
    public List<DeliveryView> newestFirst(TenantId tenant, WebhookEndpointId endpointId, int limit) {
        return sql.selectFrom(DELIVERY)
                .where(DELIVERY.ENDPOINT_ID.eq(endpointId.value()))
                .and(DELIVERY.TENANT.eq(tenant.value()))
                .orderBy(DELIVERY.EVENT_POSITION.desc())
                .limit(limit)
                .fetch(JooqDeliveryQueries::view);
    }

    @Override
    public List<DeliveryView> ofEvents(TenantId tenant, Collection<String> eventIds) {
        return sql.selectFrom(DELIVERY)
                .where(DELIVERY.EVENT_ID.in(eventIds))
                .and(DELIVERY.TENANT.eq(tenant.value()))
                .orderBy(DELIVERY.EVENT_POSITION, DELIVERY.DELIVERY_ID)
                .limit(MAX_DELIVERIES)
                .fetch(JooqDeliveryQueries::view);
    }

    private static DeliveryView view(DeliveryRecord row) {
        DeliveryId id = new DeliveryId(row.getDeliveryId());
        return new DeliveryView(
                id,
                new WebhookEndpointId(row.getEndpointId()),
                id.messageId(),
                row.getEventId(),
                row.getEventPosition(),
                row.getEventName(),
                row.getOccurredAt(),
                State.valueOf(row.getState().toUpperCase(Locale.ROOT)),
                row.getAttempts(),
                row.getNextAttemptAt(),
                row.getLastAttemptAt(),
                row.getStatusCode(),
                row.getError(),
                row.getDurationMs(),
                row.getDeliveredAt());
    }
}
