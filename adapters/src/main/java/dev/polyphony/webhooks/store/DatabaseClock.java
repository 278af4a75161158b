package dev.polyphony.webhooks.store;

import static dev.polyphony.db.webhooks.Tables.DELIVERY;
import static org.jooq.impl.DSL.currentOffsetDateTime;

import java.time.Duration;
import java.time.Instant;
import org.jooq.Field;
import org.jooq.types.DayToSecond;

/** The one clock of all nodes: leases and waits hold however wrong the clocks of the machines are. */
final class DatabaseClock {
    static final Field<Instant> NOW = currentOffsetDateTime().cast(DELIVERY.NEXT_ATTEMPT_AT.getDataType());

    private DatabaseClock() {}

    static Field<Instant> in(Duration wait) {
        return NOW.plus(DayToSecond.valueOf(wait));
    }
}
