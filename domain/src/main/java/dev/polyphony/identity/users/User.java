package dev.polyphony.identity.users;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.polyphony.identity.Role;
import dev.polyphony.identity.users.UserCommand.ChangeUser;
import dev.polyphony.identity.users.UserCommand.CreateUser;
import dev.polyphony.identity.users.UserCommand.DeleteUser;
import dev.polyphony.identity.users.UserCommand.DisableMfa;
import dev.polyphony.identity.users.UserCommand.EnableMfa;
import dev.polyphony.identity.users.UserCommand.RecordPasswordChange;
import dev.polyphony.identity.users.UserEvent.MfaDisabled;
import dev.polyphony.identity.users.UserEvent.MfaEnabled;
import dev.polyphony.identity.users.UserEvent.PasswordChanged;
import dev.polyphony.identity.users.UserEvent.UserChanged;
import dev.polyphony.identity.users.UserEvent.UserCreated;
import dev.polyphony.identity.users.UserEvent.UserDeleted;
import dev.polyphony.shared.TenantId;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** Somebody of a tenant who logs in, from the creation to the deletion. */
@AggregateRoot(type = "user")
@SuppressWarnings("NullAway.Init") // Axon fills the fields by replaying events
public class User {
    @AggregateIdentifier
    private UserId id;

    private @Nullable TenantId owner;
    private @Nullable String email;
    private UserGrant grant;
    private boolean enabled;
    private boolean mfa;

    protected User() {}

    /** Creating it again changes nothing, so that a request may be repeated. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CreateUser command) {
        requireGrantable(command.grant(), command.tenant());
        if (id == null) {
            apply(new UserCreated(
                    command.userId(), command.subject(), command.username().value(), command.email(), command.grant()));
        }
    }

    // Created if missing, so that an id which was never created is refused with our error and not with Axon's.
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ChangeUser command) {
        requireKnown(command);
        UserGrant wanted = command.grant() == null ? grant : command.grant();
        requireGrantable(wanted, command.tenant());
        String address = command.email() == null ? email : command.email();
        boolean active = command.enabled() == null ? enabled : command.enabled();
        if (!wanted.equals(grant) || active != enabled || !Objects.equals(address, email)) {
            apply(new UserChanged(id, command.subject(), address, wanted, active));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RecordPasswordChange command) {
        requireKnown(command);
        apply(new PasswordChanged(id));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(EnableMfa command) {
        requireKnown(command);
        if (!mfa) {
            apply(new MfaEnabled(id));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(DisableMfa command) {
        requireKnown(command);
        if (mfa) {
            apply(new MfaDisabled(id));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(DeleteUser command) {
        requireKnown(command);
        apply(new UserDeleted(id, id.subject(command.tenant())));
    }

    private void requireKnown(UserCommand command) {
        if (!command.tenant().equals(owner)) {
            throw UserProblem.unknown(command.userId());
        }
    }

    private static void requireGrantable(UserGrant grant, TenantId tenant) {
        if (grant.roles().contains(Role.OPERATOR) && !tenant.equals(TenantId.DEFAULT)) {
            throw UserProblem.GRANT_FORBIDDEN.because(
                    "The role operator is granted in the tenant " + TenantId.DEFAULT + " only.");
        }
    }

    @EventSourcingHandler
    void on(UserEvent event) {
        id = event.userId();
        switch (event) {
            case UserCreated created -> {
                owner = created.subject().tenant();
                email = created.email();
                grant = created.grant();
                enabled = true;
            }
            case UserChanged changed -> {
                email = changed.email();
                grant = changed.grant();
                enabled = changed.enabled();
            }
            case PasswordChanged _ -> {}
            case MfaEnabled _ -> mfa = true;
            case MfaDisabled _ -> mfa = false;
            case UserDeleted _ -> owner = null;
        }
    }
}
