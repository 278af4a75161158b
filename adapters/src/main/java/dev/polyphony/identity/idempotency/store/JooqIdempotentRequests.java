package dev.polyphony.identity.idempotency.store;

import static dev.polyphony.db.identity.Tables.IDEMPOTENT_REQUEST;
import static org.jooq.impl.DSL.currentOffsetDateTime;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.select;

import dev.polyphony.db.identity.tables.records.IdempotentRequestRecord;
import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.identity.idempotency.Attempt;
import dev.polyphony.identity.idempotency.Claim;
import dev.polyphony.identity.idempotency.IdempotentRequests;
import dev.polyphony.identity.idempotency.RequestKey;
import dev.polyphony.identity.idempotency.StoredAnswer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.types.DayToSecond;
import org.springframework.stereotype.Component;

/** One row for each request. Inserting it is the claim; the database's clock is the only one that counts. */
@Component
class JooqIdempotentRequests implements IdempotentRequests {
    private static final Duration RETENTION = Duration.ofHours(24);
    private static final Field<Instant> NOW = currentOffsetDateTime().cast(IDEMPOTENT_REQUEST.EXPIRES_AT.getDataType());

    private final DSLContext sql;
    private final RequestDigests digests;
    private final AnswerEncryptor encryptor;

    JooqIdempotentRequests(DSLContext sql, DerivedKeys keys) {
        this.sql = sql;
        this.digests = new RequestDigests(keys);
        this.encryptor = new AnswerEncryptor(keys);
    }

    @Override
    public Claim claim(RequestKey request, byte[] body, Duration lease) {
        byte[] id = digests.id(request);
        byte[] digest = digests.body(body);
        UUID claim = UUID.randomUUID();
        if (insert(id, digest, claim, lease)) {
            return new Claim.Granted(new Attempt(request, claim, claim, false));
        }
        IdempotentRequestRecord row = sql.fetchOne(IDEMPOTENT_REQUEST, IDEMPOTENT_REQUEST.REQUEST_ID.eq(id));
        if (row == null) { // it was forgotten in between
            return new Claim.InProgress();
        }
        StoredAnswer answer = row.getAnswer() == null ? null : encryptor.decrypt(id, row.getAnswer());
        if (!MessageDigest.isEqual(row.getBodyDigest(), digest)) {
            return new Claim.OtherBody(answer);
        }
        if (answer != null) {
            return new Claim.Answered(answer);
        }
        return takeOver(id, claim, lease)
                ? new Claim.Granted(new Attempt(request, claim, row.getCreatedId(), true))
                : new Claim.InProgress();
    }

    /** Also in place of a row whose time is over. The first claim is also the id of what is created. */
    private boolean insert(byte[] id, byte[] digest, UUID claim, Duration lease) {
        return sql.insertInto(IDEMPOTENT_REQUEST)
                        .set(IDEMPOTENT_REQUEST.REQUEST_ID, id)
                        .set(IDEMPOTENT_REQUEST.BODY_DIGEST, digest)
                        .set(IDEMPOTENT_REQUEST.CREATED_ID, claim)
                        .set(IDEMPOTENT_REQUEST.CLAIM, claim)
                        .set(IDEMPOTENT_REQUEST.LEASED_UNTIL, in(lease))
                        .set(IDEMPOTENT_REQUEST.EXPIRES_AT, in(RETENTION))
                        .onConflict(IDEMPOTENT_REQUEST.REQUEST_ID)
                        .doUpdate()
                        .set(IDEMPOTENT_REQUEST.BODY_DIGEST, excluded(IDEMPOTENT_REQUEST.BODY_DIGEST))
                        .set(IDEMPOTENT_REQUEST.CREATED_ID, excluded(IDEMPOTENT_REQUEST.CREATED_ID))
                        .set(IDEMPOTENT_REQUEST.CLAIM, excluded(IDEMPOTENT_REQUEST.CLAIM))
                        .set(IDEMPOTENT_REQUEST.LEASED_UNTIL, excluded(IDEMPOTENT_REQUEST.LEASED_UNTIL))
                        .setNull(IDEMPOTENT_REQUEST.ANSWER)
                        .set(IDEMPOTENT_REQUEST.EXPIRES_AT, excluded(IDEMPOTENT_REQUEST.EXPIRES_AT))
                        .where(isOver())
                        .execute()
                == 1;
    }

    /** A request that is being done is not over, however long it takes. */
    private static Condition isOver() {
        return IDEMPOTENT_REQUEST
                .EXPIRES_AT
                .le(NOW)
                .and(IDEMPOTENT_REQUEST.LEASED_UNTIL.isNull().or(IDEMPOTENT_REQUEST.LEASED_UNTIL.le(NOW)));
    }

    private boolean takeOver(byte[] id, UUID claim, Duration lease) {
        return sql.update(IDEMPOTENT_REQUEST)
                        .set(IDEMPOTENT_REQUEST.CLAIM, claim)
                        .set(IDEMPOTENT_REQUEST.LEASED_UNTIL, in(lease))
                        .where(IDEMPOTENT_REQUEST.REQUEST_ID.eq(id))
                        .and(IDEMPOTENT_REQUEST.LEASED_UNTIL.le(NOW))
                        .execute()
                == 1;
    }

    @Override
    public void answer(Attempt attempt, StoredAnswer answer) {
        byte[] id = digests.id(attempt.request());
        sql.update(IDEMPOTENT_REQUEST)
                .set(IDEMPOTENT_REQUEST.ANSWER, encryptor.encrypt(id, answer))
                .setNull(IDEMPOTENT_REQUEST.CLAIM)
                .setNull(IDEMPOTENT_REQUEST.LEASED_UNTIL)
                .where(isOf(attempt))
                .execute();
    }

    @Override
    public void giveUp(Attempt attempt) {
        sql.update(IDEMPOTENT_REQUEST)
                .set(IDEMPOTENT_REQUEST.LEASED_UNTIL, NOW)
                .where(isOf(attempt))
                .execute();
    }

    @Override
    public void forget(Attempt attempt) {
        sql.deleteFrom(IDEMPOTENT_REQUEST).where(isOf(attempt)).execute();
    }

    private Condition isOf(Attempt attempt) {
        return IDEMPOTENT_REQUEST
                .REQUEST_ID
                .eq(digests.id(attempt.request()))
                .and(IDEMPOTENT_REQUEST.CLAIM.eq(attempt.claim()));
    }

    @Override
    public void extend(Collection<Attempt> attempts, Duration lease) {
        sql.update(IDEMPOTENT_REQUEST)
                .set(IDEMPOTENT_REQUEST.LEASED_UNTIL, in(lease))
                .where(IDEMPOTENT_REQUEST.REQUEST_ID.in(
                        attempts.stream().map(Attempt::request).map(digests::id).toList()))
                .and(IDEMPOTENT_REQUEST.CLAIM.in(
                        attempts.stream().map(Attempt::claim).toList()))
                .execute();
    }

    @Override
    public int deleteExpired(int most) {
        return sql.deleteFrom(IDEMPOTENT_REQUEST)
                .where(IDEMPOTENT_REQUEST.REQUEST_ID.in(select(IDEMPOTENT_REQUEST.REQUEST_ID)
                        .from(IDEMPOTENT_REQUEST)
                        .where(isOver())
                        .limit(most)))
                .and(isOver())
                .execute();
    }

    private static Field<Instant> in(Duration time) {
        return NOW.plus(DayToSecond.valueOf(time));
    }
}
