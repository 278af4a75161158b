package dev.polyphony.identity.store.tokens;

import static dev.polyphony.db.identity.Tables.SIGNING_KEY;
import static dev.polyphony.db.identity.Tables.USER_ACCOUNT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.identity.lockout.FailedAttempts.Attempt;
import dev.polyphony.identity.lockout.FailedAttempts.Rule;
import dev.polyphony.identity.store.lockout.AttemptStores;
import dev.polyphony.identity.tokens.RefreshToken;
import dev.polyphony.identity.tokens.Sessions.RefreshPolicy;
import dev.polyphony.identity.tokens.Sessions.Renewal;
import dev.polyphony.identity.tokens.Sessions.Renewal.Renewed;
import dev.polyphony.identity.tokens.Sessions.Renewal.Repeated;
import dev.polyphony.identity.tokens.Sessions.Renewal.Reused;
import dev.polyphony.identity.tokens.Sessions.Renewal.Unknown;
import dev.polyphony.identity.tokens.Sessions.Session;
import dev.polyphony.identity.tokens.SigningKeys.SigningKey;
import dev.polyphony.identity.users.UserId;
import dev.polyphony.postgres.PostgresExtension;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.JSON;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

@ExtendWith(PostgresExtension.class)
class TokenStoresTest {
    private static final Duration LIFETIME = Duration.ofDays(1);
    private static final DerivedKeys KEYS = new DerivedKeys(new byte[32]);

    private final DSLContext sql;
    private final JooqSessions sessions;
    private final JooqTokenRevocations revocations;
    private final JooqSigningKeys signingKeys;
    private final UserId user = new UserId(UUID.randomUUID());

    TokenStoresTest(DataSource database) {
        DSLContext inTransactions = DSL.using(new TransactionAwareDataSourceProxy(database), SQLDialect.POSTGRES);
        DataSourceTransactionManager transactions = new DataSourceTransactionManager(database);
        this.sql = inTransactions;
        this.sessions = new JooqSessions(inTransactions, transactions, KEYS);
        this.revocations = new JooqTokenRevocations(inTransactions);
        this.signingKeys = new JooqSigningKeys(inTransactions, transactions, KEYS);
    }

    @BeforeEach
    void aUser() {
        sql.insertInto(USER_ACCOUNT)
                .set(USER_ACCOUNT.USER_ID, user.value())
                .set(USER_ACCOUNT.TENANT, "acme")
                .set(USER_ACCOUNT.USERNAME, JSON.json("{}"))
                .set(USER_ACCOUNT.EMAIL, JSON.json("{}"))
                .set(USER_ACCOUNT.ROLES, new String[] {"USER"})
                .set(USER_ACCOUNT.SCOPES, new String[] {"read"})
                .set(USER_ACCOUNT.ENABLED, true)
                .set(USER_ACCOUNT.MFA, false)
                .set(USER_ACCOUNT.DELETED, false)
                .set(USER_ACCOUNT.VERSION, 0L)
                .set(USER_ACCOUNT.CREATED_AT, Instant.EPOCH)
                .execute();
    }

    @Test
    void renewsOnceAndEndsTheSessionWhenATokenComesAgain() {
        RefreshToken first = token();
        RefreshToken second = token();
        Session session = sessions.begin(user, first, LIFETIME).orElseThrow();

        assertThat(renew(first, second, Duration.ZERO, "a")).isInstanceOf(Renewed.class);
        assertThat(renew(first, token(), Duration.ZERO, "a")).isInstanceOf(Reused.class);
        assertThat(renew(second, token(), Duration.ZERO, "a")).isInstanceOf(Unknown.class);
        assertThat(revocations.isRevoked("any", session.id())).isTrue();
    }

    @Test
    void forgivesARetryFromTheSameAddressOnly() {
        RefreshToken first = token();
        RefreshToken second = token();
        sessions.begin(user, first, LIFETIME);

        assertThat(renew(first, second, LIFETIME, "a")).isInstanceOf(Renewed.class);
        assertThat(renew(first, token(), LIFETIME, "a")).isInstanceOf(Repeated.class);
        assertThat(renew(second, token(), LIFETIME, "a")).isInstanceOf(Renewed.class);
        assertThat(renew(second, token(), LIFETIME, "b")).isInstanceOf(Reused.class);
    }

    @Test
    void letsOneOfManyWin() throws Exception {
        RefreshToken first = token();
        sessions.begin(user, first, LIFETIME);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            var renewals = threads.invokeAll(IntStream.range(0, 8)
                    .<Callable<Renewal>>mapToObj(_ -> () -> renew(first, token(), LIFETIME, "a"))
                    .toList());
            int won = 0;
            for (var renewal : renewals) {
                won += renewal.get() instanceof Renewed ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        }
    }

    @Test
    void endsWithTheUser() {
        RefreshToken first = token();
        sessions.begin(user, first, LIFETIME);

        sql.update(USER_ACCOUNT)
                .set(USER_ACCOUNT.ENABLED, false)
                .where(USER_ACCOUNT.USER_ID.eq(user.value()))
                .execute();

        assertThat(renew(first, token(), LIFETIME, "a")).isInstanceOf(Unknown.class);
        assertThat(sessions.begin(user, token(), LIFETIME)).isEmpty();
    }

    @Test
    void keepsRevokedTokensRevoked() {
        String token = "issuer " + UUID.randomUUID();
        assertThat(revocations.isRevoked(token, null)).isFalse();

        revocations.revoke(token, Instant.now().plus(LIFETIME));
        revocations.revoke(token, Instant.now().plus(LIFETIME));

        assertThat(revocations.isRevoked(token, null)).isTrue();
    }

    @Test
    void replacesASigningKeyOnceAndLetsTheOldOneVerify() {
        sql.deleteFrom(SIGNING_KEY).execute();
        signingKeys.rotate(key("k1"), LIFETIME, LIFETIME);
        signingKeys.rotate(key("k2"), LIFETIME, LIFETIME);
        assertThat(signingKeys.all()).extracting(SigningKey::keyId).containsExactly("k1");

        signingKeys.rotate(key("k3"), Duration.ZERO, LIFETIME);

        List<SigningKey> both = signingKeys.all();
        assertThat(both).extracting(SigningKey::keyId).containsExactly("k3", "k1");
        assertThat(both.getFirst().verifiesUntil()).isNull();
        assertThat(both.getLast().verifiesUntil()).isNotNull();
        assertThat(both.getFirst().material()).isEqualTo("secret of k3".getBytes(UTF_8));

        signingKeys.rotate(key("k4"), Duration.ZERO, Duration.ZERO);
        assertThat(signingKeys.all()).extracting(SigningKey::keyId).containsExactly("k4", "k1");
    }

    @Test
    void locksAPairAfterItsFailuresAndNobodyElse() {
        var attempts = AttemptStores.on(sql, KEYS);
        Rule rule = new Rule(5, Duration.ofMinutes(5));
        Attempt attacker = new Attempt("192.0.2.1", UUID.randomUUID().toString());
        for (int i = 0; i < 5; i++) {
            assertThat(attempts.begin(attacker, rule)).isEmpty();
        }

        assertThat(attempts.begin(attacker, rule).orElseThrow())
                .isAfter(Instant.now().plusSeconds(240));
        assertThat(attempts.begin(new Attempt("192.0.2.2", attacker.subject()), rule))
                .isEmpty();
        assertThat(attempts.begin(new Attempt(attacker.address(), "another"), rule))
                .isEmpty();

        attempts.succeeded(attacker);
        assertThat(attempts.begin(attacker, rule)).isEmpty();
    }

    private Renewal renew(RefreshToken used, RefreshToken next, Duration window, String address) {
        return sessions.renew(used, next, new RefreshPolicy(LIFETIME, window, address));
    }

    private static SigningKey key(String id) {
        return new SigningKey(id, "HS256", ("secret of " + id).getBytes(UTF_8), Instant.now(), null);
    }

    private static RefreshToken token() {
        return RefreshToken.generate(new SecureRandom());
    }
}
