package dev.polyphony.identity;

import dev.polyphony.shared.TenantId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a key opens.
 *
 * @param name how people recognise it, 1 to 100 characters; becomes the actor {@code key:<name>}
 * @param expiresAt from when on it counts no longer; null when it never expires
 */
public record ApiKeyGrant(
        TenantId tenant,
        String name,
        Set<Role> roles,
        Set<Scope> scopes,
        @Nullable Instant expiresAt) {
    private static final int MAX_NAME = 100;
    private static final int MAX_SCOPES = 50;

    public ApiKeyGrant {
        if (name.isBlank() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            String rule = "1 to " + MAX_NAME + " characters, none of them a control character";
            throw ApiKeyProblem.API_KEY_INVALID
                    .because("the name of a key has " + rule)
                    .about("name", name, rule);
        }
        if (roles.isEmpty() || scopes.isEmpty() || scopes.size() > MAX_SCOPES) {
            String field = roles.isEmpty() ? "roles" : "scopes";
            throw ApiKeyProblem.API_KEY_INVALID
                    .because("a key has at least one role, and 1 to " + MAX_SCOPES + " scopes; leave '" + field
                            + "' out for the usual ones")
                    .about(field, "[]", "at least one");
        }
        if (roles.contains(Role.OPERATOR) && !tenant.equals(TenantId.DEFAULT)) {
            throw ApiKeyProblem.API_KEY_INVALID
                    .because(
                            "the role operator is the server's: a key of tenant '%s' cannot have it, only one of tenant '%s'"
                                    .formatted(tenant, TenantId.DEFAULT))
                    .about("roles", "operator", "user, trainer or admin");
        }
        roles = Set.copyOf(roles);
        scopes = Set.copyOf(scopes);
    }

    /** The same until then at the latest. */
    public ApiKeyGrant until(Instant end) {
        return expiresAt != null && expiresAt.isBefore(end) ? this : new ApiKeyGrant(tenant, name, roles, scopes, end);
    }

    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    public Caller caller(Tier tier) {
        return new Caller(tenant, "key:" + name, roles, scopes, tier);
    }
}
