package dev.polyphony.webhooks.store;

import static dev.polyphony.db.webhooks.Tables.DELIVERY;
import static dev.polyphony.db.webhooks.Tables.SUBSCRIPTION;
import static dev.polyphony.webhooks.store.DatabaseClock.NOW;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.uuid;
import static org.jooq.impl.DSL.val;

import dev.polyphony.shared.TenantId;
import dev.polyphony.webhooks.DeliveryQueries.State;
import dev.polyphony.webhooks.DeliveryQueue;
import dev.polyphony.webhooks.PublishedEvents;
import dev.polyphony.webhooks.WebhookEndpointEvent.WebhookRegistered;
import dev.polyphony.webhooks.WebhookEndpointId;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

@Component
class JooqDeliveryQueue implements DeliveryQueue {
    private final DSLContext sql;

    JooqDeliveryQueue(DSLContext sql) {
        this.sql = sql;
    }

    @Override
    public void subscribe(WebhookRegistered registration) {
        sql.insertInto(SUBSCRIPTION)
                .set(SUBSCRIPTION.ENDPOINT_ID, registration.endpointId().value())
                .set(SUBSCRIPTION.TENANT, registration.tenant().value())
                .set(SUBSCRIPTION.URL, registration.url().toString())
                .set(SUBSCRIPTION.EVENTS, registration.events().toArray(String[]::new))
                .onConflictDoNothing()
                .execute();
    }

    // The subscription first, as everywhere: two transactions that touch both can then not wait for each other.
    @Override
    public void unsubscribe(WebhookEndpointId endpointId) {
        sql.deleteFrom(SUBSCRIPTION)
                .where(SUBSCRIPTION.ENDPOINT_ID.eq(endpointId.value()))
                .execute();
        sql.update(DELIVERY)
                .set(DELIVERY.STATE, State.CANCELLED.word())
                .setNull(DELIVERY.NEXT_ATTEMPT_AT)
                .where(DELIVERY.ENDPOINT_ID.eq(endpointId.value()))
                .and(DELIVERY.STATE.eq(State.PENDING.word()))
                .execute();
    }

    @Override
    public int enqueue(TenantId tenant, PublishedEvent event) {
        Condition subscribed = val(event.name())
                .eq(any(SUBSCRIPTION.EVENTS))
                .or(val(PublishedEvents.ALL).eq(any(SUBSCRIPTION.EVENTS)));
        return sql.insertInto(
                        DELIVERY,
                        DELIVERY.DELIVERY_ID,
                        DELIVERY.ENDPOINT_ID,
                        DELIVERY.TENANT,
                        DELIVERY.EVENT_ID,
                        DELIVERY.EVENT_POSITION,
                        DELIVERY.EVENT_NAME,
                        DELIVERY.OCCURRED_AT,
                        DELIVERY.PAYLOAD,
                        DELIVERY.STATE,
                        DELIVERY.NEXT_ATTEMPT_AT)
                .select(select(
                                uuid(),
                                SUBSCRIPTION.ENDPOINT_ID,
                                SUBSCRIPTION.TENANT,
                                val(event.id()),
                                val(event.position()),
                                val(event.name()),
                                val(event.occurredAt(), DELIVERY.OCCURRED_AT),
                                val(event.json()),
                                inline(State.PENDING.word()),
                                NOW)
                        .from(SUBSCRIPTION)
                        .where(SUBSCRIPTION.TENANT.eq(tenant.value()))
                        .and(subscribed))
                .onConflict(DELIVERY.ENDPOINT_ID, DELIVERY.EVENT_ID)
                .doNothing()
                .execute();
    }
}
