package dev.polyphony.identity.store.users;

import static dev.polyphony.db.identity.Tables.USER_SECRET;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.eventstore.crypto.EncryptedJson;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import dev.polyphony.identity.users.UserCredentials.Login;
import dev.polyphony.identity.users.UserEvent.UserChanged;
import dev.polyphony.identity.users.UserEvent.UserCreated;
import dev.polyphony.identity.users.UserEvent.UserDeleted;
import dev.polyphony.identity.users.UserGrant;
import dev.polyphony.identity.users.UserId;
import dev.polyphony.identity.users.Username;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.privacy.store.RememberedKeys;
import dev.polyphony.shared.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

@ExtendWith(PostgresExtension.class)
class UserStoresTest {
    private static final Instant AT = Instant.parse("2026-01-31T12:00:00Z");
    private static final TenantId ACME = new TenantId("acme");
    private static final UserGrant USER = new UserGrant(List.of(Role.USER), List.of(new Scope("read")));
    private static final UserGrant ADMIN = new UserGrant(List.of(Role.ADMIN), List.of(new Scope("admin")));

    private final DSLContext sql;
    private final JooqUsers users;
    private final JooqUserCredentials credentials;
    private final UserId userId = new UserId(UUID.randomUUID());
    private final Username name = new Username("ada-" + userId);

    UserStoresTest(DataSource database) {
        DSLContext inTransactions = DSL.using(new TransactionAwareDataSourceProxy(database), SQLDialect.POSTGRES);
        this.sql = inTransactions;
        UserSecrets secrets = new UserSecrets(new DerivedKeys(new byte[32]));
        this.users = new JooqUsers(
                inTransactions,
                new ReadYourWrites((_, _) -> true),
                new UserRows(new EncryptedJson(new RememberedKeys())));
        this.credentials = new JooqUserCredentials(inTransactions, new DataSourceTransactionManager(database), secrets);
    }

    private UserCreated created() {
        return new UserCreated(userId, userId.subject(ACME), name.value(), null, USER);
    }

    @Test
    void findsAUserByNameInAnyCaseOnceThereIsOne() {
        assertThat(credentials.reserve(userId, name, "the hash")).isTrue();
        assertThat(credentials.find(name)).isEmpty();

        users.on(created(), 0, AT);

        Login login = credentials
                .find(new Username(name.value().toUpperCase(java.util.Locale.ROOT)))
                .orElseThrow();
        assertThat(login.userId()).isEqualTo(userId);
        assertThat(login.tenant()).isEqualTo(ACME);
        assertThat(login.grant()).isEqualTo(USER);
        assertThat(login.passwordHash()).isEqualTo("the hash");
        assertThat(users.find(ACME, userId).orElseThrow().username()).isEqualTo(name.value());
        assertThat(users.find(new TenantId("other"), userId)).isEmpty();
    }

    @Test
    void givesANameToOneUser() {
        assertThat(credentials.reserve(userId, name, "h")).isTrue();
        assertThat(credentials.reserve(new UserId(UUID.randomUUID()), name, "h"))
                .isFalse();
    }

    @Test
    void storesNothingInTheClear() {
        credentials.reserve(userId, name, "a hash in the clear");
        credentials.offerSecret(userId, "a secret in the clear".getBytes(UTF_8));

        String row = sql.selectFrom(USER_SECRET)
                .where(USER_SECRET.USER_ID.eq(userId.value()))
                .fetchOne(found -> new String(found.getPasswordHash(), ISO_8859_1)
                        + new String(found.getTotpOffered(), ISO_8859_1)
                        + new String(found.getLoginKey(), ISO_8859_1));
        assertThat(row).doesNotContain("clear").doesNotContain("ada");
    }

    @Test
    void neverGoesBackInAReplay() {
        credentials.reserve(userId, name, "h");
        users.on(created(), 0, AT);
        users.on(new UserChanged(userId, userId.subject(ACME), null, ADMIN, true), 1, AT);
        users.on(new UserChanged(userId, userId.subject(ACME), null, USER, false), 2, AT);
        assertThat(credentials.find(name)).isEmpty();

        users.keepEverything();
        users.on(created(), 0, AT);
        assertThat(credentials.find(name)).as("disabled").isEmpty();
        users.on(new UserChanged(userId, userId.subject(ACME), null, ADMIN, true), 1, AT);
        assertThat(credentials.find(name)).as("disabled").isEmpty();
        assertThat(users.find(ACME, userId).orElseThrow().roles()).containsExactly(Role.USER);
    }

    @Test
    void forgetsADeletedUserForGood() {
        credentials.reserve(userId, name, "h");
        users.on(created(), 0, AT);
        users.on(new UserDeleted(userId, userId.subject(ACME)), 1, AT);

        users.on(created(), 0, AT);

        assertThat(users.find(ACME, userId)).isEmpty();
        assertThat(credentials.find(name)).isEmpty();
        assertThat(credentials.reserve(new UserId(UUID.randomUUID()), name, "h"))
                .isTrue();
    }

    @Test
    void takesEveryStepAndEveryBackupCodeOnce() {
        credentials.reserve(userId, name, "h");
        users.on(created(), 0, AT);
        credentials.offerSecret(userId, "secret".getBytes(UTF_8));
        assertThat(credentials.find(name).orElseThrow().totpSecret()).isNull();

        credentials.confirmSecret(userId, 7, List.of("AAAAAAAA", "BBBBBBBB"));

        assertThat(credentials.find(name).orElseThrow().totpSecret()).isEqualTo("secret".getBytes(UTF_8));
        assertThat(credentials.useStep(userId, 7)).isFalse();
        assertThat(credentials.useStep(userId, 8)).isTrue();
        assertThat(credentials.useStep(userId, 8)).isFalse();
        assertThat(credentials.useStep(userId, 6)).isFalse();
        assertThat(credentials.useBackupCode(userId, "AAAAAAAA")).isTrue();
        assertThat(credentials.useBackupCode(userId, "AAAAAAAA")).isFalse();
        assertThat(credentials.useBackupCode(userId, "CCCCCCCC")).isFalse();
    }
}
