package dev.polyphony.identity.store.lockout;

import static dev.polyphony.db.identity.Tables.FAILED_ATTEMPT;
import static org.jooq.impl.DSL.when;

import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.identity.lockout.FailedAttempts;
import dev.polyphony.identity.store.secrets.DatabaseTime;
import dev.polyphony.identity.store.secrets.KeyedDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** One statement counts and decides, so that no two nodes let the same attempt through. */
@Component
class JooqFailedAttempts implements FailedAttempts {
    private static final Duration KEPT = Duration.ofDays(1);

    private final DSLContext sql;
    private final KeyedDigest digests;

    JooqFailedAttempts(DSLContext sql, DerivedKeys keys) {
        this.sql = sql;
        this.digests = new KeyedDigest(keys, "polyphony lockouts");
    }

    @Override
    public Optional<Instant> begin(Attempt attempt, Rule rule) {
        Condition isOld = FAILED_ATTEMPT.LAST_AT.le(DatabaseTime.before(rule.lockedFor()));
        boolean counted = sql.insertInto(FAILED_ATTEMPT)
                        .set(FAILED_ATTEMPT.ADDRESS, address(attempt))
                        .set(FAILED_ATTEMPT.SUBJECT, subject(attempt))
                        .set(FAILED_ATTEMPT.ATTEMPTS, 1)
                        .set(FAILED_ATTEMPT.LAST_AT, DatabaseTime.NOW)
                        .onDuplicateKeyUpdate()
                        .set(FAILED_ATTEMPT.ATTEMPTS, when(isOld, 1).otherwise(FAILED_ATTEMPT.ATTEMPTS.plus(1)))
                        .set(FAILED_ATTEMPT.LAST_AT, DatabaseTime.NOW)
                        .where(isOld.or(FAILED_ATTEMPT.ATTEMPTS.lt(rule.failures())))
                        .execute()
                == 1;
        return counted ? Optional.empty() : Optional.of(lockedUntil(attempt, rule));
    }

    private Instant lockedUntil(Attempt attempt, Rule rule) {
        return sql.select(FAILED_ATTEMPT.LAST_AT)
                .from(FAILED_ATTEMPT)
                .where(is(attempt))
                .fetchOptional(FAILED_ATTEMPT.LAST_AT)
                .map(last -> last.plus(rule.lockedFor()))
                .orElse(Instant.EPOCH);
    }

    @Override
    public void succeeded(Attempt attempt) {
        sql.deleteFrom(FAILED_ATTEMPT)
                .where(is(attempt))
                .or(FAILED_ATTEMPT.LAST_AT.lt(DatabaseTime.before(KEPT)))
                .execute();
    }

    @Override
    public void uncount(Attempt attempt) {
        sql.update(FAILED_ATTEMPT)
                .set(FAILED_ATTEMPT.ATTEMPTS, FAILED_ATTEMPT.ATTEMPTS.minus(1))
                .where(is(attempt))
                .and(FAILED_ATTEMPT.ATTEMPTS.gt(0))
                .execute();
    }

    private Condition is(Attempt attempt) {
        return FAILED_ATTEMPT.ADDRESS.eq(address(attempt)).and(FAILED_ATTEMPT.SUBJECT.eq(subject(attempt)));
    }

    private byte[] address(Attempt attempt) {
        return digests.of("address", attempt.address());
    }

    private byte[] subject(Attempt attempt) {
        return digests.of("subject", attempt.subject());
    }
}
