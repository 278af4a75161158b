package dev.polyphony.webhooks.store;

import static dev.polyphony.db.webhooks.Tables.DELIVERY;
import static dev.polyphony.db.webhooks.Tables.SUBSCRIPTION;
import static dev.polyphony.webhooks.store.DatabaseClock.NOW;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import dev.polyphony.db.webhooks.tables.records.DeliveryRecord;
import dev.polyphony.db.webhooks.tables.records.SubscriptionRecord;
import dev.polyphony.postgres.FailureDetector;
import dev.polyphony.webhooks.Deliveries;
import dev.polyphony.webhooks.DeliveryId;
import dev.polyphony.webhooks.DeliveryQueries.State;
import dev.polyphony.webhooks.Subscription;
import dev.polyphony.webhooks.WebhookEndpointId;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Row2;
import org.jooq.UpdateSetMoreStep;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The lease lies on the endpoint's subscription. Every change of a delivery's state locks that row first, so claimers never
 * see half of what another node recorded. Whether a lease has run out each node decides by its own monotonic clock, from when it
 * first saw the claim; the node that decides so first frees the endpoint.
 */
@Component
class JooqDeliveries implements Deliveries {
    private static final Condition PENDING = DELIVERY.STATE.eq(State.PENDING.word());
    private static final Condition DUE = PENDING.and(DELIVERY.NEXT_ATTEMPT_AT.le(NOW));

    /** Expired leases are looked for this often in a lease, not with every claim. */
    private static final int LOOKS_PER_LEASE = 10;

    private final DSLContext sql;
    private final LongSupplier nanos;
    private final FailureDetector<UUID> holders;
    private final AtomicLong looksAgainAt;

    @Autowired
    JooqDeliveries(DSLContext sql) {
        this(sql, System::nanoTime);
    }

    /** @param nanos a clock that only goes forward */
    JooqDeliveries(DSLContext sql, LongSupplier nanos) {
        this.sql = sql;
        this.nanos = nanos;
        this.holders = new FailureDetector<>(nanos);
        this.looksAgainAt = new AtomicLong(nanos.getAsLong());
    }

    @Override
    public List<Claim> claim(int limit, Duration lease) {
        if (nanos.getAsLong() - looksAgainAt.get() >= 0) {
            endExpiredLeases();
            looksAgainAt.set(nanos.getAsLong() + lease.toNanos() / LOOKS_PER_LEASE);
        }
        return sql.transactionResult(transaction -> claim(transaction.dsl(), limit, lease));
    }

    private void endExpiredLeases() {
        List<SubscriptionRecord> held = sql.selectFrom(SUBSCRIPTION)
                .where(SUBSCRIPTION.CLAIM.isNotNull())
                .fetch();
        holders.retain(held.stream().map(SubscriptionRecord::getEndpointId).toList());
        List<Row2<UUID, UUID>> expired = held.stream()
                .filter(endpoint -> holders.suspects(
                        endpoint.getEndpointId(), endpoint.getClaim(), Duration.ofMillis(endpoint.getLeaseMs())))
                .map(endpoint -> row(endpoint.getEndpointId(), endpoint.getClaim()))
                .toList();
        if (!expired.isEmpty()) {
            sql.transaction(transaction -> free(transaction.dsl(), expired));
        }
    }

    /** What was in flight is due at once, also where the clock was set back since it became due. */
    private static void free(DSLContext sql, List<Row2<UUID, UUID>> expired) {
        List<UUID> endpoints = freed(sql)
                .where(row(SUBSCRIPTION.ENDPOINT_ID, SUBSCRIPTION.CLAIM).in(expired))
                .returning(SUBSCRIPTION.ENDPOINT_ID)
                .fetch(SUBSCRIPTION.ENDPOINT_ID);
        sql.update(DELIVERY)
                .set(DELIVERY.NEXT_ATTEMPT_AT, NOW)
                .where(DELIVERY.ENDPOINT_ID.in(endpoints))
                .and(PENDING)
                .and(DELIVERY.NEXT_ATTEMPT_AT.gt(NOW))
                .and(DELIVERY.NEXT_ATTEMPT_AT.le(DELIVERY.LAST_ATTEMPT_AT))
                .execute();
    }

    // Three statements and not one: only a statement that starts after the lock was taken sees what the endpoint's last
    // holder recorded.
    private static List<Claim> claim(DSLContext sql, int limit, Duration lease) {
        Map<UUID, Subscription> free = lockFree(sql, limit);
        if (free.isEmpty()) {
            return List.of();
        }
        List<DeliveryRecord> taken = takeEarliest(sql, free.keySet());
        UUID token = UUID.randomUUID();
        sql.update(SUBSCRIPTION)
                .set(SUBSCRIPTION.CLAIM, token)
                .set(SUBSCRIPTION.LEASE_MS, lease.toMillis())
                .set(SUBSCRIPTION.CLAIMED_AT, NOW)
                .where(SUBSCRIPTION.ENDPOINT_ID.in(
                        taken.stream().map(DeliveryRecord::getEndpointId).toList()))
                .execute();
        return taken.stream()
                .map(row -> claim(row, token, Objects.requireNonNull(free.get(row.getEndpointId()))))
                .toList();
    }

    private static Map<UUID, Subscription> lockFree(DSLContext sql, int limit) {
        return sql.select(SUBSCRIPTION.ENDPOINT_ID, SUBSCRIPTION.TENANT, SUBSCRIPTION.URL, SUBSCRIPTION.EVENTS)
                .from(SUBSCRIPTION)
                .where(SUBSCRIPTION.CLAIM.isNull())
                .and(exists(selectOne()
                        .from(DELIVERY)
                        .where(DELIVERY.ENDPOINT_ID.eq(SUBSCRIPTION.ENDPOINT_ID))
                        .and(DUE)))
                .orderBy(SUBSCRIPTION.CLAIMED_AT.asc().nullsFirst())
                .limit(limit)
                .forNoKeyUpdate()
                .skipLocked()
                .fetchMap(SUBSCRIPTION.ENDPOINT_ID, JooqDeliveries::subscription);
    }

    private static List<DeliveryRecord> takeEarliest(DSLContext sql, Collection<UUID> endpoints) {
        var earliest = field(select(DELIVERY.DELIVERY_ID)
                .from(DELIVERY)
                .where(DELIVERY.ENDPOINT_ID.eq(SUBSCRIPTION.ENDPOINT_ID))
                .and(DUE)
                .orderBy(DELIVERY.NEXT_ATTEMPT_AT, DELIVERY.EVENT_POSITION)
                .limit(1));
        return sql.update(DELIVERY)
                .set(DELIVERY.ATTEMPTS, DELIVERY.ATTEMPTS.plus(1))
                .set(DELIVERY.LAST_ATTEMPT_AT, NOW)
                .where(DELIVERY.DELIVERY_ID.in(
                        select(earliest).from(SUBSCRIPTION).where(SUBSCRIPTION.ENDPOINT_ID.in(endpoints))))
                .returning()
                .fetch();
    }

    /** Nothing in it is checked here: one row that somebody has changed must not keep the others from being claimed. */
    private static Subscription subscription(Record row) {
        return new Subscription(
                new WebhookEndpointId(row.get(SUBSCRIPTION.ENDPOINT_ID)),
                row.get(SUBSCRIPTION.TENANT),
                row.get(SUBSCRIPTION.URL),
                Arrays.stream(row.get(SUBSCRIPTION.EVENTS)).map(String::valueOf).toList());
    }

    private static Claim claim(DeliveryRecord row, UUID token, Subscription subscription) {
        return new Claim(
                new DeliveryId(row.getDeliveryId()),
                subscription,
                row.getTenant(),
                token,
                row.getAttempts(),
                row.getEventName(),
                row.getOccurredAt(),
                row.getPayload());
    }

    @Override
    public void delivered(Claim claim, Attempt attempt) {
        sql.transaction(transaction -> {
            release(transaction.dsl(), claim);
            recorded(transaction.dsl(), attempt)
                    .set(DELIVERY.STATE, State.DELIVERED.word())
                    .set(DELIVERY.DELIVERED_AT, NOW)
                    .setNull(DELIVERY.NEXT_ATTEMPT_AT)
                    .where(DELIVERY.DELIVERY_ID.eq(claim.deliveryId().value()))
                    .and(DELIVERY.STATE.ne(State.DELIVERED.word()))
                    .execute();
        });
    }

    @Override
    public void retry(Claim claim, Attempt attempt, Duration wait) {
        sql.transaction(transaction -> {
            if (release(transaction.dsl(), claim)) {
                recorded(transaction.dsl(), attempt)
                        .set(DELIVERY.NEXT_ATTEMPT_AT, DatabaseClock.in(wait))
                        .where(stillPending(claim))
                        .execute();
            }
        });
    }

    @Override
    public void giveUp(Claim claim, Attempt attempt) {
        sql.transaction(transaction -> {
            if (release(transaction.dsl(), claim)) {
                recorded(transaction.dsl(), attempt)
                        .set(DELIVERY.STATE, State.FAILED.word())
                        .setNull(DELIVERY.NEXT_ATTEMPT_AT)
                        .where(stillPending(claim))
                        .execute();
            }
        });
    }

    private static boolean release(DSLContext sql, Claim claim) {
        return freed(sql)
                        .where(SUBSCRIPTION.ENDPOINT_ID.eq(claim.endpointId().value()))
                        .and(SUBSCRIPTION.CLAIM.eq(claim.token()))
                        .execute()
                == 1;
    }

    private static UpdateSetMoreStep<SubscriptionRecord> freed(DSLContext sql) {
        return sql.update(SUBSCRIPTION).setNull(SUBSCRIPTION.CLAIM).setNull(SUBSCRIPTION.LEASE_MS);
    }

    private static UpdateSetMoreStep<DeliveryRecord> recorded(DSLContext sql, Attempt attempt) {
        return sql.update(DELIVERY)
                .set(DELIVERY.STATUS_CODE, attempt.statusCode())
                .set(DELIVERY.ERROR, attempt.error())
                .set(DELIVERY.DURATION_MS, Math.toIntExact(attempt.duration().toMillis()));
    }

    private static Condition stillPending(Claim claim) {
        return DELIVERY.DELIVERY_ID.eq(claim.deliveryId().value()).and(PENDING);
    }

    @Override
    public Optional<Duration> untilNextDue() {
        return sql.select(DELIVERY.NEXT_ATTEMPT_AT, NOW)
                .from(DELIVERY)
                .where(PENDING.and(DELIVERY.NEXT_ATTEMPT_AT.gt(NOW)))
                .orderBy(DELIVERY.NEXT_ATTEMPT_AT)
                .limit(1)
                .fetchOptional(row -> Duration.between(row.value2(), row.value1()));
    }
}
