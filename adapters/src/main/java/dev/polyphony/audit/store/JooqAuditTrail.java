package dev.polyphony.audit.store;

import static dev.polyphony.db.eventstore.Tables.EVENT;

import dev.polyphony.audit.AuditEntry;
import dev.polyphony.audit.AuditQuery;
import dev.polyphony.audit.AuditTrail;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the event table itself. */
@Component
public class JooqAuditTrail implements AuditTrail {
    private final DSLContext sql;

    JooqAuditTrail(DSLContext sql) {
        this.sql = sql;
    }

    @Override
    public List<AuditEntry> list(AuditQuery query) {
        return sql.select(
                        EVENT.POSITION,
                        EVENT.EVENT_ID,
                        EVENT.TYPE,
                        EVENT.OCCURRED_AT,
                        EVENT.ACTOR,
                        EVENT.TENANT,
                        EVENT.AGGREGATE_ID,
                        EVENT.AGGREGATE_TYPE,
                        EVENT.SEQUENCE,
                        EVENT.CORRELATION_ID,
                        EVENT.CAUSATION_ID,
                        EVENT.PAYLOAD.cast(String.class))
                .from(EVENT)
                .where(EVENT.TENANT.eq(query.tenant().value()))
                .and(DSL.and(conditions(query)))
                .orderBy(EVENT.POSITION.desc())
                .limit(query.limit())
                .fetchInto(AuditEntry.class);
    }

    private static List<Condition> conditions(AuditQuery query) {
        return Stream.of(
                        when(query.aggregateId(), EVENT.AGGREGATE_ID::eq),
                        when(query.type(), EVENT.TYPE::eq),
                        when(query.from(), EVENT.OCCURRED_AT::ge),
                        when(query.to(), EVENT.OCCURRED_AT::lt),
                        when(query.correlationId(), EVENT.CORRELATION_ID::eq),
                        when(query.actor(), EVENT.ACTOR::eq),
                        when(query.before(), EVENT.POSITION::lt))
                .flatMap(Function.identity())
                .toList();
    }

    private static <T> Stream<Condition> when(@Nullable T value, Function<T, Condition> filter) {
        return value == null ? Stream.empty() : Stream.of(filter.apply(value));
    }
}
