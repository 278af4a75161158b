package dev.polyphony.webhooks.store;

import static dev.polyphony.db.webhooks.Tables.SECRET;
import static dev.polyphony.webhooks.WebhookExamples.ENDPOINT;
import static dev.polyphony.webhooks.WebhookExamples.EVENTS;
import static dev.polyphony.webhooks.WebhookExamples.URL;
import static dev.polyphony.webhooks.WebhookExamples.registerWebhook;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.webhooks.PublishedEvents;
import dev.polyphony.webhooks.SigningSecret;
import dev.polyphony.webhooks.Subscription;
import dev.polyphony.webhooks.UnverifiedSubscription;
import dev.polyphony.webhooks.WebhookEndpointId;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(PostgresExtension.class)
class SigningSecretsTest {
    private static final Subscription REGISTERED = Subscription.of(registerWebhook());
    private static final SigningSecret PLAIN = SigningSecret.of("your-webhook-secret");

    private final DSLContext sql;
    private final JooqSigningSecrets secrets;

    SigningSecretsTest(DSLContext sql) {
        this.sql = sql;
        secrets = new JooqSigningSecrets(sql, keys(1));
    }

    @Test
    void findsWhatWasStoredLast() {
        secrets.store(REGISTERED, SigningSecret.of("an older secret"));
        secrets.store(REGISTERED, PLAIN);
        assertThat(secrets.find(REGISTERED)).contains(PLAIN);
    }

    @Test
    void keepsNoPlaintextAndNoTwoEqualCiphertexts() {
        secrets.store(REGISTERED, PLAIN);
        byte[] first = ciphertext(ENDPOINT);
        secrets.store(REGISTERED, PLAIN);

        assertThat(new String(first, ISO_8859_1)).doesNotContain("your-webhook-secret");
        assertThat(ciphertext(ENDPOINT)).isNotEqualTo(first);
    }

    @Test
    void cannotReadASecretThatWasMovedToAnotherEndpoint() {
        WebhookEndpointId thief = new WebhookEndpointId(UUID.randomUUID());
        secrets.store(REGISTERED, PLAIN);
        sql.insertInto(SECRET)
                .set(SECRET.ENDPOINT_ID, thief.value())
                .set(SECRET.CIPHERTEXT, ciphertext(ENDPOINT))
                .execute();
        assertThatThrownBy(() -> secrets.find(new Subscription(thief, "acme", URL.toString(), EVENTS)))
                .isInstanceOf(UnverifiedSubscription.class);
    }

    static Stream<Subscription> changed() {
        String url = URL.toString();
        return Stream.of(
                new Subscription(ENDPOINT, "other", url, EVENTS),
                new Subscription(ENDPOINT, "acm", "e" + url, EVENTS),
                new Subscription(ENDPOINT, "acme", url + "/", EVENTS),
                new Subscription(ENDPOINT, "acme", "https://thief.example/hook", EVENTS),
                new Subscription(ENDPOINT, "acme", url, List.of(PublishedEvents.ALL)),
                new Subscription(ENDPOINT, "acme", url, List.of("workflow.completed")),
                new Subscription(
                        ENDPOINT, "acme", url, List.of("workflow.completed", "workflow.failed", "task.failed")),
                new Subscription(ENDPOINT, "acme", url, List.of("workflow.completedworkflow.failed")),
                new Subscription(ENDPOINT, "acme", url, List.of()));
    }

    @ParameterizedTest
    @MethodSource("changed")
    void cannotReadASecretForAnySubscriptionThatWasNotRegistered(Subscription changed) {
        secrets.store(REGISTERED, PLAIN);

        assertThatThrownBy(() -> secrets.find(changed))
                .isInstanceOf(UnverifiedSubscription.class)
                .hasMessageContaining(ENDPOINT.toString());
        assertThat(secrets.find(REGISTERED)).contains(PLAIN);
    }

    @Test
    void cannotReadSecretsThatWereSwapped() {
        Subscription other = new Subscription(new WebhookEndpointId(UUID.randomUUID()), "acme", URL.toString(), EVENTS);
        secrets.store(REGISTERED, PLAIN);
        secrets.store(other, SigningSecret.of("another secret"));
        byte[] first = ciphertext(ENDPOINT);
        put(ENDPOINT, ciphertext(other.endpointId()));
        put(other.endpointId(), first);

        assertThatThrownBy(() -> secrets.find(REGISTERED)).isInstanceOf(UnverifiedSubscription.class);
        assertThatThrownBy(() -> secrets.find(other)).isInstanceOf(UnverifiedSubscription.class);
    }

    @Test
    void cannotReadWhatIsNoSecret() {
        secrets.store(REGISTERED, PLAIN);
        for (int length : new int[] {0, 5, 12, 28, 60}) {
            put(ENDPOINT, new byte[length]);
            assertThatThrownBy(() -> secrets.find(REGISTERED)).isInstanceOf(UnverifiedSubscription.class);
        }
    }

    private void put(WebhookEndpointId endpointId, byte[] ciphertext) {
        sql.update(SECRET)
                .set(SECRET.CIPHERTEXT, ciphertext)
                .where(SECRET.ENDPOINT_ID.eq(endpointId.value()))
                .execute();
    }

    @Test
    void cannotReadASecretUnderAnotherMasterKey() {
        secrets.store(REGISTERED, PLAIN);
        JooqSigningSecrets others = new JooqSigningSecrets(sql, keys(2));
        assertThatThrownBy(() -> others.find(REGISTERED)).isInstanceOf(UnverifiedSubscription.class);
    }

    @Test
    void forgetsWhatIsDeleted() {
        secrets.store(REGISTERED, PLAIN);
        secrets.delete(ENDPOINT);
        secrets.delete(ENDPOINT);
        assertThat(secrets.find(REGISTERED)).isEmpty();
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
