package dev.polyphony.webhooks.store;

import static dev.polyphony.db.webhooks.Tables.SECRET;

import dev.polyphony.webhooks.SigningSecret;
import dev.polyphony.webhooks.SigningSecrets;
import dev.polyphony.webhooks.Subscription;
import dev.polyphony.webhooks.WebhookEndpointId;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

@Component
class JooqSigningSecrets implements SigningSecrets {
    private final DSLContext sql;
    private final SecretEncryptor encryptor;

    JooqSigningSecrets(DSLContext sql, SecretEncryptor encryptor) {
        this.sql = sql;
        this.encryptor = encryptor;
    }

    @Override
    public void store(Subscription subscription, SigningSecret secret) {
        byte[] ciphertext = encryptor.encrypt(subscription, secret);
        sql.insertInto(SECRET)
                .set(SECRET.ENDPOINT_ID, subscription.endpointId().value())
                .set(SECRET.CIPHERTEXT, ciphertext)
                .onDuplicateKeyUpdate()
                .set(SECRET.CIPHERTEXT, ciphertext)
                .execute();
    }

    @Override
    public Optional<SigningSecret> find(Subscription subscription) {
        return sql.select(SECRET.CIPHERTEXT)
                .from(SECRET)
                .where(SECRET.ENDPOINT_ID.eq(subscription.endpointId().value()))
                .fetchOptional(SECRET.CIPHERTEXT)
                .map(ciphertext -> encryptor.decrypt(subscription, ciphertext));
    }

    @Override
    public void delete(WebhookEndpointId endpointId) {
        sql.deleteFrom(SECRET).where(SECRET.ENDPOINT_ID.eq(endpointId.value())).execute();
    }
}
