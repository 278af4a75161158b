package dev.polyphony.webhooks.store;

import static dev.polyphony.db.webhooks.Tables.DELIVERY;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.min;

import dev.polyphony.webhooks.DeliveryBacklog;
import dev.polyphony.webhooks.DeliveryQueries.State;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

@Component
class JooqDeliveryBacklog implements DeliveryBacklog {
    private final DSLContext sql;

    JooqDeliveryBacklog(DSLContext sql) {
        this.sql = sql;
    }

    @Override
    public Backlog now() {
        return sql.select(count(), min(DELIVERY.OCCURRED_AT))
                .from(DELIVERY)
                .where(DELIVERY.STATE.eq(State.PENDING.word()))
                .fetchSingle(row -> new Backlog(row.value1(), row.value2()));
    }
}
