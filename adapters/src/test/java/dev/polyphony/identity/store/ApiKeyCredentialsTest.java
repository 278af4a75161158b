package dev.polyphony.identity.store;

import static dev.polyphony.db.identity.Tables.API_KEY_CREDENTIAL;
import static dev.polyphony.db.identity.Tables.API_KEY_USE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.identity.ApiKeyCredentials.Credential;
import dev.polyphony.identity.ApiKeyGrant;
import dev.polyphony.identity.ApiKeyId;
import dev.polyphony.identity.ApiKeySecret;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.shared.TenantId;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class ApiKeyCredentialsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final ApiKeyGrant GRANT =
            new ApiKeyGrant(TenantId.DEFAULT, "app", Set.of(Role.USER), Set.of(new Scope("runs:read")), null);

    private final SecureRandom random = new SecureRandom();
    private final ApiKeyId id = ApiKeyId.of(UUID.randomUUID());
    private final ApiKeySecret first = ApiKeySecret.generate(random);
    private final ApiKeySecret second = ApiKeySecret.generate(random);
    private final DSLContext sql;
    private final JooqApiKeyCredentials credentials;

    ApiKeyCredentialsTest(DSLContext sql) {
        this.sql = sql;
        this.credentials = new JooqApiKeyCredentials(sql, cipher(1));
    }

    @Test
    void findsWhatASecretOpens() {
        assertThat(credentials.find(first)).isEmpty();

        assertThat(credentials.store(id, first, GRANT, NOW)).isTrue();

        assertThat(credentials.find(first)).contains(new Credential(id, GRANT, false));
        assertThat(credentials.find(second)).isEmpty();
    }

    @Test
    void letsOlderSecretsCountForAWhile() {
        credentials.store(id, first, GRANT, NOW);
        credentials.store(id, second, GRANT, LATER);

        assertThat(credentials.find(first)).contains(new Credential(id, GRANT.until(LATER), false));
        assertThat(credentials.find(second)).contains(new Credential(id, GRANT, false));

        credentials.expire(id, NOW);
        assertThat(credentials.find(first)).contains(new Credential(id, GRANT.until(NOW), false));
        assertThat(credentials.find(second)).contains(new Credential(id, GRANT.until(NOW), false));
    }

    @Test
    void remembersWhatWasRevokedAndTakesNoneOfItBack() {
        credentials.store(id, first, GRANT, NOW);
        credentials.revoke(id);
        credentials.revoke(id);

        assertThat(credentials.find(first)).contains(new Credential(id, GRANT, true));
        assertThat(credentials.store(id, first, GRANT, NOW)).isFalse();
        assertThat(credentials.store(id, second, GRANT, NOW)).isFalse();
        assertThat(credentials.store(ApiKeyId.of(UUID.randomUUID()), first, GRANT, NOW))
                .isFalse();
        assertThat(credentials.find(second)).isEmpty();
    }

    @Test
    void takesNoSecretForAKeyThatWasRevokedBeforeItHadOne() {
        credentials.revoke(id);

        assertThat(credentials.store(id, first, GRANT, NOW)).isFalse();
        assertThat(credentials.find(first)).isEmpty();
    }

    @Test
    void leavesNoSecretValidWhenAKeyIsRevokedWhileItGetsAnother() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 50; round++) {
                ApiKeyId raced = ApiKeyId.of(UUID.randomUUID());
                ApiKeySecret secret = ApiKeySecret.generate(random);
                List<Future<?>> both = List.of(
                        callers.submit(() -> credentials.store(raced, secret, GRANT, NOW)),
                        callers.submit(() -> credentials.revoke(raced)));
                for (Future<?> each : both) {
                    each.get();
                }

                assertThat(credentials.find(secret).filter(found -> !found.revoked()))
                        .isEmpty();
            }
        }
    }

    @Test
    void storesNeitherTheSecretNorItsPlainDigest() throws Exception {
        credentials.store(id, first, GRANT, NOW);

        byte[] plain = MessageDigest.getInstance("SHA-256").digest(first.value().getBytes(UTF_8));
        assertThat(sql.fetchCount(API_KEY_CREDENTIAL, API_KEY_CREDENTIAL.DIGEST.eq(plain)))
                .isZero();
        assertThat(new JooqApiKeyCredentials(sql, cipher(2)).find(first)).isEmpty();
    }

    /** Whoever writes to the table makes nothing of a key but a useless one. */
    @Test
    void readsNothingThatWasMovedOrChanged() {
        ApiKeyGrant admin = new ApiKeyGrant(TenantId.DEFAULT, "root", Set.of(Role.ADMIN), Scope.ALL, null);
        ApiKeyId other = ApiKeyId.of(UUID.randomUUID());
        credentials.store(id, first, GRANT, NOW);
        credentials.store(other, second, admin, NOW);
        byte[] grants = sql.select(API_KEY_CREDENTIAL.GRANTS)
                .from(API_KEY_CREDENTIAL)
                .where(API_KEY_CREDENTIAL.KEY_ID.eq(other.value()))
                .fetchSingle(API_KEY_CREDENTIAL.GRANTS);
        put(grants);
        assertThatThrownBy(() -> credentials.find(first)).hasMessageContaining("was changed in the database");

        put(Arrays.copyOf(grants, 20));
        assertThatThrownBy(() -> credentials.find(first)).hasMessageContaining(id.value());
    }

    private void put(byte[] grants) {
        sql.update(API_KEY_CREDENTIAL)
                .set(API_KEY_CREDENTIAL.GRANTS, grants)
                .where(API_KEY_CREDENTIAL.KEY_ID.eq(id.value()))
                .execute();
    }

    @Test
    void takesANewSecretWhenTheMasterKeyIsAnother() {
        credentials.store(id, first, GRANT, NOW);
        JooqApiKeyCredentials others = new JooqApiKeyCredentials(sql, cipher(2));

        others.expire(id, NOW);
        assertThat(others.store(id, second, GRANT, NOW)).isTrue();

        assertThat(others.find(second)).contains(new Credential(id, GRANT, false));
        assertThat(others.find(first)).isEmpty();
    }

    @Test
    void findsTheValidKeysOfATenantBesideThoseOfAnotherMasterKey() {
        credentials.store(id, first, GRANT, NOW);
        ApiKeyId theirs = ApiKeyId.of(UUID.randomUUID());
        JooqApiKeyCredentials others = new JooqApiKeyCredentials(sql, cipher(2));
        others.store(theirs, second, GRANT, NOW);

        assertThat(others.validKeys(GRANT.tenant())).containsExactly(theirs);
        assertThat(credentials.validKeys(GRANT.tenant())).containsExactly(id);
    }

    @Test
    void keepsTheLatestUse() {
        credentials.recordUse(Map.of(id, LATER));
        credentials.recordUse(Map.of(id, NOW));

        assertThat(sql.select(API_KEY_USE.LAST_USED_AT)
                        .from(API_KEY_USE)
                        .where(API_KEY_USE.KEY_ID.eq(id.value()))
                        .fetchSingle(API_KEY_USE.LAST_USED_AT))
                .isEqualTo(LATER);
    }

    private static CredentialCipher cipher(int seed) {
        byte[] masterKey = new byte[32];
        masterKey[0] = (byte) seed;
        return new CredentialCipher(new DerivedKeys(masterKey));
    }
}
