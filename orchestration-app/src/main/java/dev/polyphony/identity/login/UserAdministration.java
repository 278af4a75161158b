package dev.polyphony.identity.login;

import dev.polyphony.identity.Caller;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.users.UserCommand.ChangeUser;
import dev.polyphony.identity.users.UserCommand.CreateUser;
import dev.polyphony.identity.users.UserCommand.DeleteUser;
import dev.polyphony.identity.users.UserCommand.RecordPasswordChange;
import dev.polyphony.identity.users.UserCredentials;
import dev.polyphony.identity.users.UserGrant;
import dev.polyphony.identity.users.UserId;
import dev.polyphony.identity.users.UserProblem;
import dev.polyphony.identity.users.UserQueries;
import dev.polyphony.identity.users.UserView;
import dev.polyphony.identity.users.Username;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;

/**
 * What admins do with the users of their tenant. Nobody gives more than they have, and nobody changes somebody who has more: an admin who
 * could set an operator's password would be one.
 */
public final class UserAdministration {
    private final CommandGateway commands;
    private final UserQueries users;
    private final UserCredentials credentials;
    private final Passwords passwords;
    private final LoginGuard guard;

    public UserAdministration(
            CommandGateway commands,
            UserQueries users,
            UserCredentials credentials,
            Passwords passwords,
            LoginGuard guard) {
        this.commands = commands;
        this.users = users;
        this.credentials = credentials;
        this.passwords = passwords;
        this.guard = guard;
    }

    /** @param email null when none is known */
    public record NewUser(
            Username username, String password, @Nullable String email, UserGrant grant) {
        @Override
        public String toString() {
            return "NewUser[hidden]";
        }
    }

    /** What is null stays as it is. */
    public record Change(
            @Nullable String email,
            @Nullable UserGrant grant,
            @Nullable Boolean enabled) {}

    /** The name is taken first: of two who want it one is refused before anything is in the history. */
    public void create(Caller caller, UserId userId, NewUser user) {
        requireNoMore(caller, user.grant());
        if (!credentials.reserve(userId, user.username(), passwords.hash(user.password(), "password"))) {
            throw UserProblem.USERNAME_TAKEN
                    .because("Somebody logs in with this username already. Choose another one.")
                    .about("username", null, "a name that nobody has");
        }
        commands.sendAndWait(
                new CreateUser(userId, userId.subject(caller.tenant()), user.username(), user.email(), user.grant()));
    }

    public UserView get(Caller caller, UserId userId) {
        return users.find(caller.tenant(), userId).orElseThrow(() -> UserProblem.unknown(userId));
    }

    public void change(Caller caller, UserId userId, Change change) {
        requireMayChange(caller, userId);
        if (change.grant() != null) {
            requireNoMore(caller, change.grant());
        }
        commands.sendAndWait(new ChangeUser(
                userId, userId.subject(caller.tenant()), change.email(), change.grant(), change.enabled()));
    }

    /** An admin's way for those who forgot theirs. */
    public void resetPassword(Caller caller, UserId userId, String password) {
        requireMayChange(caller, userId);
        changePassword(caller, userId, password);
    }

    /** Users' own way. */
    public void changeOwnPassword(Caller caller, UserId userId, PasswordChange change, ClientAddress address) {
        guard.begin(address, caller.actor());
        UserCredentials.Login user = credentials.find(userId).orElseThrow(() -> UserProblem.unknown(userId));
        if (!passwords.matches(change.current(), user.passwordHash())) {
            guard.failed(address, "password");
            throw UserProblem.PROOF_WRONG.because("'current_password' is wrong.");
        }
        guard.succeeded(address, caller.actor());
        changePassword(caller, userId, change.next());
    }

    /** Both in the clear. */
    public record PasswordChange(String current, String next) {
        @Override
        public String toString() {
            return "PasswordChange[hidden]";
        }
    }

    private void changePassword(Caller caller, UserId userId, String password) {
        credentials.changePassword(userId, passwords.hash(password, "new_password"));
        commands.sendAndWait(new RecordPasswordChange(userId, caller.tenant()));
    }

    /** The history first: what it says is completed by whoever hears of it, should this process die. */
    public void delete(Caller caller, UserId userId) {
        requireMayChange(caller, userId);
        commands.sendAndWait(new DeleteUser(userId, caller.tenant()));
        credentials.delete(userId);
    }

    /** Only admins, and only those who have no less than the user. */
    public void requireMayChange(Caller caller, UserId userId) {
        if (!caller.is(Role.ADMIN)) {
            throw UserProblem.unknown(userId);
        }
        UserView user = get(caller, userId);
        requireNoMore(caller, new UserGrant(user.roles(), user.scopes()));
    }

    private static void requireNoMore(Caller caller, UserGrant grant) {
        if (!caller.mayGrant(grant.roleSet(), grant.scopeSet())) {
            throw UserProblem.GRANT_FORBIDDEN.because(
                    "A user of yours has no more rights than you: you have the roles %s and the scopes %s, not all of %s and %s."
                            .formatted(caller.roles(), caller.scopes(), grant.roles(), grant.scopes()));
        }
    }
}
