package dev.polyphony.identity.store;

import static dev.polyphony.db.identity.Tables.API_KEY_CREDENTIAL;
import static dev.polyphony.db.identity.Tables.API_KEY_USE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polyphony.db.identity.tables.records.ApiKeyCredentialRecord;
import dev.polyphony.identity.ApiKeyCredentials;
import dev.polyphony.identity.ApiKeyGrant;
import dev.polyphony.identity.ApiKeyId;
import dev.polyphony.identity.ApiKeySecret;
import dev.polyphony.shared.TenantId;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

@Component
class JooqApiKeyCredentials implements ApiKeyCredentials {
    private static final int FETCH_SIZE = 1_000;

    private final DSLContext sql;
    private final CredentialCipher cipher;

    JooqApiKeyCredentials(DSLContext sql, CredentialCipher cipher) {
        this.sql = sql;
        this.cipher = cipher;
    }

    @Override
    public Optional<Credential> find(ApiKeySecret secret) {
        byte[] digest = cipher.digest(secret);
        return sql.selectFrom(API_KEY_CREDENTIAL)
                .where(API_KEY_CREDENTIAL.DIGEST.eq(digest))
                .fetchOptional()
                .map(row -> {
                    ApiKeyId keyId = new ApiKeyId(row.getKeyId());
                    return new Credential(keyId, cipher.decrypt(row.getGrants(), keyId, digest), row.getRevoked());
                });
    }

    @Override
    public boolean store(ApiKeyId keyId, ApiKeySecret secret, ApiKeyGrant grant, Instant othersValidUntil) {
        byte[] digest = cipher.digest(secret);
        return sql.transactionResult(transaction -> {
            DSLContext within = transaction.dsl();
            lock(within, keyId);
            if (isRevoked(within, keyId)) {
                return false;
            }
            expire(within, keyId, othersValidUntil);
            byte[] grants = cipher.encrypt(grant, keyId, digest);
            return within.insertInto(API_KEY_CREDENTIAL)
                            .set(API_KEY_CREDENTIAL.DIGEST, digest)
                            .set(API_KEY_CREDENTIAL.KEY_ID, keyId.value())
                            .set(API_KEY_CREDENTIAL.REVOKED, false)
                            .set(API_KEY_CREDENTIAL.GRANTS, grants)
                            .onConflict(API_KEY_CREDENTIAL.DIGEST)
                            .doUpdate()
                            .set(API_KEY_CREDENTIAL.GRANTS, grants)
                            .where(API_KEY_CREDENTIAL.KEY_ID.eq(keyId.value()))
                            .and(DSL.not(API_KEY_CREDENTIAL.REVOKED))
                            .execute()
                    == 1;
        });
    }

    @Override
    public Set<ApiKeyId> validKeys(TenantId tenant) {
        Set<ApiKeyId> found = new LinkedHashSet<>();
        try (Cursor<ApiKeyCredentialRecord> rows = sql.selectFrom(API_KEY_CREDENTIAL)
                .where(DSL.not(API_KEY_CREDENTIAL.REVOKED))
                .fetchSize(FETCH_SIZE)
                .fetchLazy()) {
            for (ApiKeyCredentialRecord row : rows) {
                ApiKeyId keyId = new ApiKeyId(row.getKeyId());
                boolean theirs = cipher.readable(row.getGrants(), keyId, row.getDigest())
                        .filter(grant -> grant.tenant().equals(tenant))
                        .isPresent();
                if (theirs) {
                    found.add(keyId);
                }
            }
        }
        return found;
    }

    @Override
    public void expire(ApiKeyId keyId, Instant end) {
        sql.transaction(transaction -> expire(transaction.dsl(), keyId, end));
    }

    /** What another master key has encrypted opens nothing under this one, and stays as it is. */
    private void expire(DSLContext within, ApiKeyId keyId, Instant end) {
        within.selectFrom(API_KEY_CREDENTIAL)
                .where(API_KEY_CREDENTIAL.KEY_ID.eq(keyId.value()))
                .and(DSL.not(API_KEY_CREDENTIAL.REVOKED))
                .forUpdate()
                .fetch()
                .forEach(row -> cipher.readable(row.getGrants(), keyId, row.getDigest())
                        .ifPresent(before -> {
                            row.setGrants(cipher.encrypt(before.until(end), keyId, row.getDigest()));
                            row.store();
                        }));
    }

    @Override
    public void revoke(ApiKeyId keyId) {
        sql.transaction(transaction -> {
            DSLContext within = transaction.dsl();
            lock(within, keyId);
            within.update(API_KEY_CREDENTIAL)
                    .set(API_KEY_CREDENTIAL.REVOKED, true)
                    .where(API_KEY_CREDENTIAL.KEY_ID.eq(keyId.value()))
                    .execute();
            within.insertInto(API_KEY_CREDENTIAL)
                    .set(API_KEY_CREDENTIAL.DIGEST, keyId.value().getBytes(UTF_8))
                    .set(API_KEY_CREDENTIAL.KEY_ID, keyId.value())
                    .set(API_KEY_CREDENTIAL.REVOKED, true)
                    .set(API_KEY_CREDENTIAL.GRANTS, new byte[0])
                    .onConflictDoNothing()
                    .execute();
        });
    }

    /** A key may be revoked before its first secret is stored, or while it gets another. */
    private static void lock(DSLContext within, ApiKeyId keyId) {
        within.execute("select pg_advisory_xact_lock(hashtextextended({0}, 0))", DSL.val("polyphony.api-key " + keyId));
    }

    private static boolean isRevoked(DSLContext within, ApiKeyId keyId) {
        return within.fetchExists(
                API_KEY_CREDENTIAL, API_KEY_CREDENTIAL.KEY_ID.eq(keyId.value()).and(API_KEY_CREDENTIAL.REVOKED));
    }

    @Override
    public void recordUse(Map<ApiKeyId, Instant> uses) {
        sql.batch(uses.entrySet().stream()
                        .map(use -> sql.insertInto(API_KEY_USE)
                                .set(API_KEY_USE.KEY_ID, use.getKey().value())
                                .set(API_KEY_USE.LAST_USED_AT, use.getValue())
                                .onConflict(API_KEY_USE.KEY_ID)
                                .doUpdate()
                                .set(API_KEY_USE.LAST_USED_AT, use.getValue())
                                .where(API_KEY_USE.LAST_USED_AT.lt(use.getValue())))
                        .toList())
                .execute();
    }
}
