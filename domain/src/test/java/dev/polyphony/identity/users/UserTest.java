package dev.polyphony.identity.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import dev.polyphony.identity.users.UserCommand.ChangeUser;
import dev.polyphony.identity.users.UserCommand.CreateUser;
import dev.polyphony.identity.users.UserCommand.DeleteUser;
import dev.polyphony.identity.users.UserCommand.DisableMfa;
import dev.polyphony.identity.users.UserCommand.EnableMfa;
import dev.polyphony.identity.users.UserCommand.RecordPasswordChange;
import dev.polyphony.identity.users.UserEvent.MfaEnabled;
import dev.polyphony.identity.users.UserEvent.PasswordChanged;
import dev.polyphony.identity.users.UserEvent.UserChanged;
import dev.polyphony.identity.users.UserEvent.UserCreated;
import dev.polyphony.identity.users.UserEvent.UserDeleted;
import dev.polyphony.shared.DataSubject;
import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.TenantId;
import java.util.List;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

class UserTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId OTHER = new TenantId("other");
    private static final UserId ADA = new UserId(UUID.fromString("0199d0c2-6f4e-7c1e-9d0a-0f3f6f0f7d11"));
    private static final DataSubject SUBJECT = ADA.subject(ACME);
    private static final UserGrant USER = new UserGrant(List.of(Role.USER), List.of(new Scope("read")));
    private static final UserGrant OPERATOR = new UserGrant(List.of(Role.OPERATOR), List.of(new Scope("read")));
    private static final UserCreated CREATED = new UserCreated(ADA, SUBJECT, "ada", "ada@example.com", USER);

    private final AggregateTestFixture<User> user = new AggregateTestFixture<>(User.class);

    @Test
    void isCreated() {
        user.givenNoPriorActivity()
                .when(new CreateUser(ADA, SUBJECT, new Username("ada"), "ada@example.com", USER))
                .expectEvents(CREATED);
    }

    @Test
    void changesWhatIsNamedAndNothingElse() {
        user.given(CREATED)
                .when(new ChangeUser(ADA, SUBJECT, null, null, false))
                .expectEvents(new UserChanged(ADA, SUBJECT, "ada@example.com", USER, false));
        user.given(CREATED).when(new ChangeUser(ADA, SUBJECT, null, USER, true)).expectNoEvents();
    }

    @Test
    void isNoOperatorOutsideTheSystemTenant() {
        user.givenNoPriorActivity()
                .when(new CreateUser(ADA, SUBJECT, new Username("ada"), null, OPERATOR))
                .expectException(Rejection.class);
        user.given(CREATED)
                .when(new ChangeUser(ADA, SUBJECT, null, OPERATOR, null))
                .expectException(Rejection.class);
    }

    @Test
    void isUnknownToOtherTenantsAndOnceDeleted() {
        user.given(CREATED).when(new DeleteUser(ADA, OTHER)).expectException(Rejection.class);
        user.given(CREATED).when(new DeleteUser(ADA, ACME)).expectEvents(new UserDeleted(ADA, SUBJECT));
        user.given(CREATED, new UserDeleted(ADA, SUBJECT))
                .when(new RecordPasswordChange(ADA, ACME))
                .expectException(Rejection.class);
        user.givenNoPriorActivity().when(new EnableMfa(ADA, ACME)).expectException(Rejection.class);
    }

    @Test
    void recordsPasswordsAndSecondFactorsWithoutThem() {
        user.given(CREATED).when(new RecordPasswordChange(ADA, ACME)).expectEvents(new PasswordChanged(ADA));
        user.given(CREATED).when(new EnableMfa(ADA, ACME)).expectEvents(new MfaEnabled(ADA));
        user.given(CREATED, new MfaEnabled(ADA)).when(new EnableMfa(ADA, ACME)).expectNoEvents();
        user.given(CREATED).when(new DisableMfa(ADA, ACME)).expectNoEvents();
    }

    @Test
    void logsInWithTheSameNameInAnyCase() {
        assertThat(new Username("Ada@Example.com").key()).isEqualTo(new Username("ada@example.COM").key());
        assertThatExceptionOfType(Rejection.class)
                .isThrownBy(() -> new Username("ada lovelace"))
                .withMessageNotContaining("lovelace");
    }
}
