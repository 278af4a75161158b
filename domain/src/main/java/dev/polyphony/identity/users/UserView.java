package dev.polyphony.identity.users;

import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user as admins read it.
 *
 * @param id names the user
 * @param username what the user logs in with
 * @param email null when none is known
 * @param roles what the user may do
 * @param scopes what the user's tokens may be used for
 * @param enabled false keeps the user from logging in
 * @param mfaEnabled whether logging in takes a second factor
 * @param createdAt when the user was created
 */
public record UserView(
        UserId id,
        String username,
        @Nullable String email,
        List<Role> roles,
        List<Scope> scopes,
        boolean enabled,
        boolean mfaEnabled,
        Instant createdAt) {
    public UserView {
        roles = List.copyOf(roles);
        scopes = List.copyOf(scopes);
    }
}
