package dev.polyphony.webhooks.store;

import static dev.polyphony.db.webhooks.Tables.SECRET;
import static dev.polyphony.webhooks.WebhookExamples.ENDPOINT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.webhooks.SigningSecret;
import dev.polyphony.webhooks.WebhookEndpointId;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class SigningSecretsTest {
    private static final SigningSecret PLAIN = SigningSecret.of("your-webhook-secret");

    private final DSLContext sql;
    private final JooqSigningSecrets secrets;

    SigningSecretsTest(DSLContext sql) {
        this.sql = sql;
        secrets = new JooqSigningSecrets(sql, keys(1));
    }

    @Test
    void findsWhatWasStoredLast() {
        secrets.store(ENDPOINT, SigningSecret.of("an older secret"));
        secrets.store(ENDPOINT, PLAIN);
        assertThat(secrets.find(ENDPOINT)).contains(PLAIN);
    }

    @Test
    void keepsNoPlaintextAndNoTwoEqualCiphertexts() {
        secrets.store(ENDPOINT, PLAIN);
        byte[] first = ciphertext(ENDPOINT);
        secrets.store(ENDPOINT, PLAIN);

        assertThat(new String(first, ISO_8859_1)).doesNotContain("your-webhook-secret");
        assertThat(ciphertext(ENDPOINT)).isNotEqualTo(first);
    }

    @Test
    void cannotReadASecretThatWasMovedToAnotherEndpoint() {
        WebhookEndpointId thief = new WebhookEndpointId(UUID.randomUUID());
        secrets.store(ENDPOINT, PLAIN);
        sql.insertInto(SECRET)
                .set(SECRET.ENDPOINT_ID, thief.value())
                .set(SECRET.CIPHERTEXT, ciphertext(ENDPOINT))
                .execute();
        assertThatThrownBy(() -> secrets.find(thief)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void cannotReadASecretUnderAnotherMasterKey() {
        secrets.store(ENDPOINT, PLAIN);
        JooqSigningSecrets others = new JooqSigningSecrets(sql, keys(2));
        assertThatThrownBy(() -> others.find(ENDPOINT)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void forgetsWhatIsDeleted() {
        secrets.store(ENDPOINT, PLAIN);
        secrets.delete(ENDPOINT);
        secrets.delete(ENDPOINT);
        assertThat(secrets.find(ENDPOINT)).isEmpty();
    }

    @Test
    void refusesAMasterKeyOfAnotherLength() {
        assertThatThrownBy(() -> new DerivedKeys(new byte[16])).hasMessageContaining("32 bytes");
    }

    private byte[] ciphertext(WebhookEndpointId endpointId) {
        return sql.select(SECRET.CIPHERTEXT)
                .from(SECRET)
                .where(SECRET.ENDPOINT_ID.eq(endpointId.value()))
                .fetchSingle(SECRET.CIPHERTEXT);
    }

    private static SecretEncryptor keys(int seed) {
        byte[] masterKey = new byte[32];
        masterKey[0] = (byte) seed;
        return new SecretEncryptor(new DerivedKeys(masterKey));
    }
}
