package dev.polyphony.identity.store.tokens;

import static dev.polyphony.db.identity.Tables.SIGNING_KEY;

import dev.polyphony.db.identity.tables.records.SigningKeyRecord;
import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.identity.store.secrets.DatabaseTime;
import dev.polyphony.identity.store.secrets.SealedValue;
import dev.polyphony.identity.tokens.SigningKeys;
import java.time.Duration;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

@Component
class JooqSigningKeys implements SigningKeys {
    /** Every node reads the keys once a second. */
    private static final Duration TO_SPREAD = Duration.ofSeconds(3);

    /** No other use of advisory locks has this number. */
    private static final long LOCK = 0x706f6c796b657973L;

    private final DSLContext sql;
    private final TransactionOperations transaction;
    private final SealedValue sealed;

    JooqSigningKeys(DSLContext sql, PlatformTransactionManager transactions, DerivedKeys keys) {
        this.sql = sql;
        this.transaction = new TransactionTemplate(transactions);
        this.sealed = new SealedValue(keys, "polyphony signing keys");
    }

    @Override
    public List<SigningKey> all() {
        return sql.selectFrom(SIGNING_KEY)
                .where(SIGNING_KEY.VERIFIES_UNTIL.isNull())
                .or(SIGNING_KEY.VERIFIES_UNTIL.gt(DatabaseTime.NOW))
                .orderBy(SIGNING_KEY.CREATED_AT.desc(), SIGNING_KEY.KEY_ID)
                .fetch(this::key);
    }

    private SigningKey key(SigningKeyRecord row) {
        return new SigningKey(
                row.getKeyId(),
                row.getAlgorithm(),
                sealed.decrypt(row.getSealed(), place(row.getKeyId(), row.getAlgorithm())),
                row.getCreatedAt().plus(TO_SPREAD),
                row.getVerifiesUntil());
    }

    @Override
    public void rotate(SigningKey fresh, Duration rotation, Duration overlap) {
        transaction.executeWithoutResult(_ -> {
            sql.fetch("select pg_advisory_xact_lock({0})", org.jooq.impl.DSL.val(LOCK));
            boolean isDue = !sql.fetchExists(
                    SIGNING_KEY,
                    SIGNING_KEY
                            .ALGORITHM
                            .eq(fresh.algorithm())
                            .and(SIGNING_KEY.VERIFIES_UNTIL.isNull())
                            .and(SIGNING_KEY.CREATED_AT.gt(DatabaseTime.before(rotation))));
            if (isDue) {
                replace(fresh, overlap);
            }
        });
    }

    private void replace(SigningKey fresh, Duration overlap) {
        sql.deleteFrom(SIGNING_KEY)
                .where(SIGNING_KEY.VERIFIES_UNTIL.le(DatabaseTime.NOW))
                .execute();
        sql.update(SIGNING_KEY)
                .set(SIGNING_KEY.VERIFIES_UNTIL, DatabaseTime.in(overlap))
                .where(SIGNING_KEY.VERIFIES_UNTIL.isNull())
                .and(SIGNING_KEY.ALGORITHM.eq(fresh.algorithm()))
                .execute();
        sql.insertInto(SIGNING_KEY)
                .set(SIGNING_KEY.KEY_ID, fresh.keyId())
                .set(SIGNING_KEY.ALGORITHM, fresh.algorithm())
                .set(SIGNING_KEY.SEALED, sealed.encrypt(fresh.material(), place(fresh.keyId(), fresh.algorithm())))
                .set(SIGNING_KEY.CREATED_AT, DatabaseTime.NOW)
                .execute();
    }

    private static String place(String keyId, String algorithm) {
        return algorithm + "/" + keyId;
    }
}
