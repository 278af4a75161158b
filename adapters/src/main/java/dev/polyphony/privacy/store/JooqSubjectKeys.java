package dev.polyphony.privacy.store;

import static dev.polyphony.db.privacy.Tables.CLOSED_TENANT;
import static dev.polyphony.db.privacy.Tables.SUBJECT_KEY;
import static org.jooq.impl.DSL.currentInstant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.polyphony.db.privacy.tables.records.SubjectKeyRecord;
import dev.polyphony.eventstore.crypto.SubjectKeyring;
import dev.polyphony.privacy.SubjectEvent;
import dev.polyphony.privacy.SubjectKeys;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.TenantId;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Remembers up to 10,000 unwrapped keys, each for 5 s, so that a key which another node destroys is gone here soon after.
 * Destroying waits for a look-up of the same key that is under way on this node, and overwrites what it found.
 */
@Component
@ProcessingGroup("subject-keys")
class JooqSubjectKeys implements SubjectKeys, SubjectKeyring, InitializingBean {
    private static final Duration REMEMBERED_FOR = Duration.ofSeconds(5);
    private static final int REMEMBERED = 10_000;
    private static final int FIRST_VERSION = 1;
    private static final int KEY_BYTES = 32;

    private final DSLContext sql;
    private final TransactionOperations ownTransaction;
    private final KeyWrap wrap;
    private final SecureRandom random = new SecureRandom();
    private final Cache<DataSubject, Optional<SubjectKey>> remembered = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(REMEMBERED_FOR)
            .build();

    JooqSubjectKeys(DSLContext sql, PlatformTransactionManager transactions, KeyWrap wrap) {
        this.sql = sql;
        this.ownTransaction = new TransactionTemplate(
                transactions, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));
        this.wrap = wrap;
    }

    /** Refuses to start with another master key than the one that any living key was wrapped with. */
    @Override
    public void afterPropertiesSet() {
        sql.selectFrom(SUBJECT_KEY)
                .where(SUBJECT_KEY.WRAPPED_KEY.isNotNull())
                .limit(1)
                .fetchOptional()
                .ifPresent(row -> unwrapped(new DataSubject(new TenantId(row.getTenant()), row.getSubject()), row));
    }

    @Override
    public Optional<SubjectKey> toEncrypt(DataSubject subject) {
        return remembered.get(subject, this::foundOrMade);
    }

    @Override
    public Optional<SubjectKey> toDecrypt(DataSubject subject) {
        return remembered.get(
                subject,
                _ -> row(subject)
                        .map(row -> unwrapped(subject, row))
                        .orElseThrow(() -> new IllegalStateException("there never was a key of data subject " + subject
                                + " in this database, but there is data that it encrypted: was only a"
                                + " part restored?")));
    }

    private Optional<SubjectKey> foundOrMade(DataSubject subject) {
        return row(subject).or(() -> made(subject)).flatMap(row -> unwrapped(subject, row));
    }

    /** Durable before anything is encrypted with it. Of two nodes that make the first key at once one wins; the other reads what the winner made. */
    private Optional<SubjectKeyRecord> made(DataSubject subject) {
        return ownTransaction.execute(_ -> {
            lock("pg_advisory_xact_lock_shared", subject.tenant());
            if (sql.fetchExists(
                    CLOSED_TENANT, CLOSED_TENANT.TENANT.eq(subject.tenant().value()))) {
                return Optional.empty();
            }
            sql.insertInto(SUBJECT_KEY)
                    .set(SUBJECT_KEY.TENANT, subject.tenant().value())
                    .set(SUBJECT_KEY.SUBJECT, subject.id())
                    .set(SUBJECT_KEY.VERSION, FIRST_VERSION)
                    .set(SUBJECT_KEY.WRAPPED_KEY, wrap.wrap(freshKey(), subject, FIRST_VERSION))
                    .onConflictDoNothing()
                    .execute();
            return row(subject);
        });
    }

    /** Whoever closes a tenant waits for keys that are being made, and those that are made afterwards see it closed. */
    private void lock(String function, TenantId tenant) {
        sql.execute(
                "select {0}(hashtextextended({1}, 0))",
                DSL.raw(function), DSL.val("polyphony.data-subjects " + tenant));
    }

    @Override
    public void close(TenantId tenant) {
        ownTransaction.executeWithoutResult(_ -> {
            lock("pg_advisory_xact_lock", tenant);
            sql.insertInto(CLOSED_TENANT)
                    .set(CLOSED_TENANT.TENANT, tenant.value())
                    .onConflictDoNothing()
                    .execute();
        });
    }

    @Override
    public List<DataSubject> remaining(TenantId tenant, int limit) {
        return sql.select(SUBJECT_KEY.SUBJECT)
                .from(SUBJECT_KEY)
                .where(SUBJECT_KEY.TENANT.eq(tenant.value()))
                .and(SUBJECT_KEY.WRAPPED_KEY.isNotNull())
                .limit(limit)
                .fetch(row -> new DataSubject(tenant, row.value1()));
    }

    private SecretKey freshKey() {
        byte[] bits = new byte[KEY_BYTES];
        random.nextBytes(bits);
        return new SecretKeySpec(bits, "AES");
    }

    private Optional<SubjectKeyRecord> row(DataSubject subject) {
        return sql.selectFrom(SUBJECT_KEY).where(is(subject)).fetchOptional();
    }

    private Optional<SubjectKey> unwrapped(DataSubject subject, SubjectKeyRecord row) {
        return Optional.ofNullable(row.getWrappedKey())
                .map(wrapped -> new SubjectKey(row.getVersion(), wrap.unwrap(wrapped, subject, row.getVersion())));
    }

    @Override
    public boolean isKnown(DataSubject subject) {
        return sql.fetchExists(SUBJECT_KEY, is(subject));
    }

    @Override
    public boolean isErased(DataSubject subject) {
        Optional<SubjectKey> key = remembered.getIfPresent(subject);
        return key == null
                ? sql.fetchExists(SUBJECT_KEY, is(subject).and(SUBJECT_KEY.WRAPPED_KEY.isNull()))
                : key.isEmpty();
    }

    @Override
    public void destroy(DataSubject subject) {
        sql.insertInto(SUBJECT_KEY)
                .set(SUBJECT_KEY.TENANT, subject.tenant().value())
                .set(SUBJECT_KEY.SUBJECT, subject.id())
                .set(SUBJECT_KEY.VERSION, FIRST_VERSION)
                .set(SUBJECT_KEY.DESTROYED_AT, currentInstant())
                .onDuplicateKeyUpdate()
                .setNull(SUBJECT_KEY.WRAPPED_KEY)
                .set(SUBJECT_KEY.DESTROYED_AT, currentInstant())
                .where(SUBJECT_KEY.DESTROYED_AT.isNull())
                .execute();
        remembered.put(subject, Optional.empty());
    }

    /** Also heard in a replay: keys that an older backup brought back are destroyed again. */
    @EventHandler
    void on(SubjectEvent event) {
        switch (event) {
            case SubjectEvent.SubjectErased erased -> destroy(erased.subject());
        }
    }

    /** Keys are no read model: what was destroyed stays destroyed, and what is there cannot be made again from events. */
    @ResetHandler
    void keepEverything() {}

    private static Condition is(DataSubject subject) {
        return SUBJECT_KEY.TENANT.eq(subject.tenant().value()).and(SUBJECT_KEY.SUBJECT.eq(subject.id()));
    }
}
