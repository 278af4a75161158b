package dev.polyphony.identity.store;

import static dev.polyphony.db.identity.Tables.SECURITY_EVENT;
import static dev.polyphony.db.identity.Tables.SECURITY_EVENT_TOTAL;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import dev.polyphony.db.identity.tables.records.SecurityEventRecord;
import dev.polyphony.eventstore.BatchedWrites;
import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.identity.alerts.Incident;
import dev.polyphony.identity.alerts.SecurityEvent;
import dev.polyphony.identity.alerts.SecurityStatistics;
import dev.polyphony.identity.alerts.ThreatLevel;
import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.TenantId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.Record5;
import org.jooq.ResultQuery;
import org.springframework.stereotype.Component;

@Component
@ProcessingGroup(JooqSecurityStatistics.PROJECTION)
class JooqSecurityStatistics implements SecurityStatistics {
    static final String PROJECTION = "security-events";

    private final DSLContext sql;
    private final ReadYourWrites writes;

    JooqSecurityStatistics(DSLContext sql, ReadYourWrites writes) {
        this.sql = sql;
        this.writes = writes;
    }

    @Override
    public SecurityTotals totals(TenantId tenant, Instant since) {
        return totals(SECURITY_EVENT_TOTAL.TENANT.eq(tenant.value()), SECURITY_EVENT.TENANT.eq(tenant.value()), since);
    }

    @Override
    public SecurityTotals totalsOfAll(Instant since) {
        return totals(noCondition(), noCondition(), since);
    }

    private SecurityTotals totals(Condition ofTotals, Condition ofEvents, Instant since) {
        writes.await(PROJECTION);
        long total = 0;
        long blocked = 0;
        long high = 0;
        Map<String, Long> byType = new TreeMap<>();
        for (var row : sql.selectFrom(SECURITY_EVENT_TOTAL).where(ofTotals).fetch()) {
            total += row.getCount();
            blocked += row.getBlocked() ? row.getCount() : 0;
            high += ThreatLevel.of(row.getThreatLevel()) == ThreatLevel.HIGH ? row.getCount() : 0;
            byType.merge(row.getType(), row.getCount(), Long::sum);
        }
        return new SecurityTotals(total, recent(ofEvents, since), blocked, high, byType);
    }

    private long recent(Condition ofEvents, Instant since) {
        return sql.select(coalesce(sum(SECURITY_EVENT.COUNT), inline(BigDecimal.ZERO)))
                .from(SECURITY_EVENT)
                .where(ofEvents)
                .and(SECURITY_EVENT.OCCURRED_AT.ge(since))
                .fetchSingle()
                .value1()
                .longValueExact();
    }

    @Override
    public List<SecurityEventView> latest(TenantId tenant, int limit) {
        return latest(SECURITY_EVENT.TENANT.eq(tenant.value()), limit);
    }

    @Override
    public List<SecurityEventView> latestOfAll(int limit) {
        return latest(noCondition(), limit);
    }

    private List<SecurityEventView> latest(Condition condition, int limit) {
        writes.await(PROJECTION);
        return sql.selectFrom(SECURITY_EVENT)
                .where(condition)
                .orderBy(SECURITY_EVENT.OCCURRED_AT.desc(), SECURITY_EVENT.EVENT_ID.desc())
                .limit(limit)
                .fetch(JooqSecurityStatistics::view);
    }

    private static SecurityEventView view(SecurityEventRecord row) {
        return new SecurityEventView(
                row.getType(),
                ThreatLevel.of(row.getThreatLevel()),
                row.getBlocked(),
                row.getPath(),
                row.getOccurredAt(),
                row.getSource(),
                row.getCredential(),
                row.getDetail(),
                row.getCount());
    }

    /** One statement, so that an event that is heard twice is counted once. */
    @EventHandler
    void on(
            SecurityEvent event,
            @Timestamp Instant at,
            @MetaDataValue(value = MessageOrigin.TENANT, required = true) String tenant) {
        BatchedWrites.add(addedUp(inserted(event, at, tenant)));
    }

    private ResultQuery<Record5<String, String, String, Boolean, Long>> inserted(
            SecurityEvent event, Instant at, String tenant) {
        Incident incident = event.incident();
        return sql.insertInto(SECURITY_EVENT)
                .set(SECURITY_EVENT.EVENT_ID, event.eventId().toString())
                .set(SECURITY_EVENT.TENANT, tenant)
                .set(SECURITY_EVENT.TYPE, event.type().toString())
                .set(SECURITY_EVENT.THREAT_LEVEL, incident.threatLevel().toString())
                .set(SECURITY_EVENT.BLOCKED, incident.blocked())
                .set(SECURITY_EVENT.PATH, incident.path())
                .set(SECURITY_EVENT.SOURCE, incident.source())
                .set(SECURITY_EVENT.CREDENTIAL, incident.credential())
                .set(SECURITY_EVENT.DETAIL, incident.detail())
                .set(SECURITY_EVENT.COUNT, incident.count())
                .set(SECURITY_EVENT.OCCURRED_AT, at)
                .onConflictDoNothing()
                .returningResult(
                        SECURITY_EVENT.TENANT,
                        SECURITY_EVENT.TYPE,
                        SECURITY_EVENT.THREAT_LEVEL,
                        SECURITY_EVENT.BLOCKED,
                        SECURITY_EVENT.COUNT);
    }

    private Query addedUp(ResultQuery<Record5<String, String, String, Boolean, Long>> inserted) {
        var fresh = name("fresh").as(inserted);
        return sql.with(fresh)
                .insertInto(
                        SECURITY_EVENT_TOTAL,
                        SECURITY_EVENT_TOTAL.TENANT,
                        SECURITY_EVENT_TOTAL.TYPE,
                        SECURITY_EVENT_TOTAL.THREAT_LEVEL,
                        SECURITY_EVENT_TOTAL.BLOCKED,
                        SECURITY_EVENT_TOTAL.COUNT)
                .select(select(
                                fresh.field(SECURITY_EVENT.TENANT),
                                fresh.field(SECURITY_EVENT.TYPE),
                                fresh.field(SECURITY_EVENT.THREAT_LEVEL),
                                fresh.field(SECURITY_EVENT.BLOCKED),
                                fresh.field(SECURITY_EVENT.COUNT))
                        .from(fresh))
                .onConflict(
                        SECURITY_EVENT_TOTAL.TENANT,
                        SECURITY_EVENT_TOTAL.TYPE,
                        SECURITY_EVENT_TOTAL.THREAT_LEVEL,
                        SECURITY_EVENT_TOTAL.BLOCKED)
                .doUpdate()
                .set(SECURITY_EVENT_TOTAL.COUNT, SECURITY_EVENT_TOTAL.COUNT.plus(excluded(SECURITY_EVENT_TOTAL.COUNT)));
    }

    @ResetHandler
    void reset() {
        sql.truncate(SECURITY_EVENT).execute();
        sql.truncate(SECURITY_EVENT_TOTAL).execute();
    }
}
