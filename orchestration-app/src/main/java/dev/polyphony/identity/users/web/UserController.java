package dev.polyphony.identity.users.web;

import dev.polyphony.identity.Caller;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import dev.polyphony.identity.login.ClientAddress;
import dev.polyphony.identity.login.Passwords;
import dev.polyphony.identity.login.UserAdministration;
import dev.polyphony.identity.login.UserAdministration.Change;
import dev.polyphony.identity.login.UserAdministration.NewUser;
import dev.polyphony.identity.login.UserAdministration.PasswordChange;
import dev.polyphony.identity.users.UserGrant;
import dev.polyphony.identity.users.UserId;
import dev.polyphony.identity.users.UserProblem;
import dev.polyphony.identity.users.UserQueries;
import dev.polyphony.identity.users.UserView;
import dev.polyphony.identity.users.Username;
import dev.polyphony.platform.openapi.ErrorCase;
import dev.polyphony.platform.security.RequiredScope;
import dev.polyphony.platform.web.Idempotent;
import dev.polyphony.platform.web.NewId;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Users of a tenant. */
@RestController
@Tag(name = "Users", description = "People who log in with a name and a password.")
@RequestMapping("/api/v1/users")
class UserController {
    private static final int MAX_EMAIL = 254;
    private static final List<Role> USUAL_ROLES = List.of(Role.USER);
    private static final List<Scope> USUAL_SCOPES = List.of(new Scope("read"), new Scope("write"));

    private final UserAdministration administration;
    private final UserQueries users;

    UserController(UserAdministration administration, UserQueries users) {
        this.administration = administration;
        this.users = users;
    }

    /**
     * A user to create. Nobody gives more rights than they have.
     *
     * @param username what the user logs in with: 1 to 254 of {@code A-Z a-z 0-9 . _ @ + -}, a letter or digit first
     * @param password 8 to 256 characters
     * @param email where the user can be written to; none when absent
     * @param roles what the user may do; {@code user} when absent
     * @param scopes what the user's tokens may be used for; {@code read} and {@code write} when absent
     */
    @Schema(name = "UserOrder")
    record Order(
            @NotNull(message = Username.RULE) @Pattern(regexp = Username.FORM, message = Username.RULE)
            String username,

            @NotNull @Size(min = Passwords.MIN_LENGTH, max = Passwords.MAX_LENGTH)
            String password,

            @Nullable @Email @Size(max = MAX_EMAIL) String email,
            @Nullable @Size(min = 1, max = 4) List<Role> roles,
            @Nullable @Size(min = 1, max = 32) List<Scope> scopes) {
        @Override
        public String toString() {
            return "Order[hidden]";
        }
    }

    /**
     * What to change of a user; what is absent stays as it is.
     *
     * @param email where the user can be written to
     * @param roles what the user may do
     * @param scopes what the user's tokens may be used for
     * @param enabled false keeps the user from logging in and ends the sessions
     */
    @Schema(name = "UserChange")
    record Patch(
            @Nullable @Email @Size(max = MAX_EMAIL) String email,
            @Nullable @Size(min = 1, max = 4) List<Role> roles,
            @Nullable @Size(min = 1, max = 32) List<Scope> scopes,
            @Nullable Boolean enabled) {}

    /**
     * A new password. Ends the user's sessions.
     *
     * @param currentPassword users prove themselves by it; admins leave it out when they set somebody else's
     * @param newPassword 8 to 256 characters
     */
    @Schema(name = "PasswordOrder")
    record Password(
            @Nullable @Size(min = 1, max = 1024) String currentPassword,

            @NotNull @Size(min = Passwords.MIN_LENGTH, max = Passwords.MAX_LENGTH)
            String newPassword) {
        @Override
        public String toString() {
            return "Password[hidden]";
        }
    }

    /**
     * Which users to list.
     *
     * @param cursor the {@code next_cursor} of the page before
     * @param limit the most users, 1 to 1000; 50 when absent
     */
    record UserPage(
            @Nullable UUID cursor,

            @Nullable @Min(value = 1, message = "1 to 1000") @Max(value = 1000, message = "1 to 1000")
            Integer limit) {
        private static final int DEFAULT_LIMIT = 50;

        int most() {
            return limit == null ? DEFAULT_LIMIT : limit;
        }

        @Nullable
        UserId after() {
            return cursor == null ? null : new UserId(cursor);
        }
    }

    /**
     * A page of users.
     *
     * @param users in the order of their ids
     * @param nextCursor send it as {@code cursor} to get the next page; null on the last page
     */
    record UserList(List<UserView> users, @Nullable UUID nextCursor) {}

    /** Creates a user of the caller's tenant. */
    @PostMapping
    @Idempotent(created = "id")
    @RolesAllowed("ADMIN")
    @RequiredScope("users:admin")
    @ErrorCase(status = HttpStatus.FORBIDDEN, when = "The user would have more rights than the caller.")
    @ErrorCase(status = HttpStatus.CONFLICT, when = "Somebody logs in with this username already.")
    @ResponseStatus(HttpStatus.CREATED)
    UserView createUser(@Valid @RequestBody Order body, Caller caller, NewId newId) {
        UserGrant grant = new UserGrant(
                body.roles() == null ? USUAL_ROLES : body.roles(),
                body.scopes() == null ? USUAL_SCOPES : body.scopes());
        UserId userId = new UserId(newId.value());
        administration.create(
                caller, userId, new NewUser(new Username(body.username()), body.password(), body.email(), grant));
        return administration.get(caller, userId);
    }

    /** Lists the users of the caller's tenant. */
    @GetMapping
    @RolesAllowed("ADMIN")
    @RequiredScope("users:read")
    UserList listUsers(@Valid @ParameterObject UserPage page, Caller caller) {
        List<UserView> found = users.list(caller.tenant(), page.after(), page.most() + 1);
        boolean more = found.size() > page.most();
        List<UserView> shown = more ? found.subList(0, page.most()) : found;
        return new UserList(shown, more ? shown.getLast().id().value() : null);
    }

    /**
     * Shows one user. Users may look at themselves.
     *
     * @param id the user's id
     */
    @GetMapping("/{id}")
    @RolesAllowed("USER")
    @RequiredScope("users:read")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such user, or the caller may not see it.")
    UserView getUser(@PathVariable UUID id, Caller caller) {
        UserId userId = new UserId(id);
        if (!caller.is(Role.ADMIN) && !Self.is(caller, userId)) {
            throw UserProblem.unknown(userId);
        }
        return administration.get(caller, userId);
    }

    /**
     * Changes a user. Other rights end the user's sessions.
     *
     * @param id the user's id
     */
    @PatchMapping("/{id}")
    @RolesAllowed("ADMIN")
    @RequiredScope("users:admin")
    @ErrorCase(status = HttpStatus.FORBIDDEN, when = "The user has, or would have, more rights than the caller.")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such user.")
    UserView changeUser(@PathVariable UUID id, @Valid @RequestBody Patch body, Caller caller) {
        UserId userId = new UserId(id);
        administration.change(caller, userId, new Change(body.email(), grant(body, userId, caller), body.enabled()));
        return administration.get(caller, userId);
    }

    private @Nullable UserGrant grant(Patch body, UserId userId, Caller caller) {
        if (body.roles() == null && body.scopes() == null) {
            return null;
        }
        UserView before = administration.get(caller, userId);
        return new UserGrant(
                body.roles() == null ? before.roles() : body.roles(),
                body.scopes() == null ? before.scopes() : body.scopes());
    }

    /**
     * Deletes a user for good, and erases what is personal about them.
     *
     * @param id the user's id
     */
    @DeleteMapping("/{id}")
    @RolesAllowed("ADMIN")
    @RequiredScope("users:admin")
    @ErrorCase(status = HttpStatus.FORBIDDEN, when = "The user has more rights than the caller.")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such user.")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteUser(@PathVariable UUID id, Caller caller) {
        administration.delete(caller, new UserId(id));
    }

    /**
     * Sets a password: users their own, by the current one; admins somebody else's.
     *
     * @param id the user's id
     */
    @PutMapping("/{id}/password")
    @RolesAllowed("USER")
    @RequiredScope("users:write")
    @ErrorCase(
            status = HttpStatus.FORBIDDEN,
            when = "The current password is wrong, or the user has more rights than the caller.")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such user, or the caller may not change it.")
    @ErrorCase(
            status = HttpStatus.TOO_MANY_REQUESTS,
            when = "Too many attempts failed; Retry-After tells how long to wait.")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void setPassword(
            @PathVariable UUID id, @Valid @RequestBody Password body, Caller caller, HttpServletRequest request) {
        UserId userId = new UserId(id);
        if (Self.is(caller, userId)) {
            changeOwn(caller, userId, body, ClientAddress.of(request.getRemoteAddr()));
        } else if (caller.is(Role.ADMIN)) {
            administration.resetPassword(caller, userId, body.newPassword());
        } else {
            throw UserProblem.unknown(userId);
        }
    }

    private void changeOwn(Caller caller, UserId userId, Password body, ClientAddress address) {
        if (body.currentPassword() == null) {
            throw UserProblem.USER_INVALID
                    .because("'current_password' is required to change your own password.")
                    .about("current_password", null, "your current password");
        }
        administration.changeOwnPassword(
                caller, userId, new PasswordChange(body.currentPassword(), body.newPassword()), address);
    }
}
