package dev.polyphony.identity.store.secrets;

import static org.jooq.impl.DSL.currentOffsetDateTime;

import dev.polyphony.db.identity.Tables;
import java.time.Duration;
import java.time.Instant;
import org.jooq.Field;
import org.jooq.types.DayToSecond;

/** The one clock of all nodes. */
public final class DatabaseTime {
    public static final Field<Instant> NOW = currentOffsetDateTime().cast(Tables.FAILED_ATTEMPT.LAST_AT.getDataType());

    private DatabaseTime() {}

    public static Field<Instant> in(Duration wait) {
        return NOW.plus(DayToSecond.valueOf(wait));
    }

    public static Field<Instant> before(Duration past) {
        return NOW.minus(DayToSecond.valueOf(past));
    }
}
