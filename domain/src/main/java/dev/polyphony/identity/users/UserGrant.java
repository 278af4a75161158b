package dev.polyphony.identity.users;

import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What a user may do, in an order that does not depend on how it was asked for.
 *
 * @param roles at least one
 * @param scopes at least one
 */
public record UserGrant(List<Role> roles, List<Scope> scopes) {
    private static final int MAX_SCOPES = 32;

    public UserGrant {
        roles = roles.stream().distinct().sorted().toList();
        scopes = scopes.stream()
                .distinct()
                .sorted(Comparator.comparing(Scope::value))
                .toList();
        requireSome("roles", roles);
        requireSome("scopes", scopes);
    }

    private static void requireSome(String field, Collection<?> values) {
        if (values.isEmpty() || values.size() > MAX_SCOPES) {
            throw UserProblem.USER_INVALID
                    .because("'" + field + "' must name 1 to " + MAX_SCOPES + ".")
                    .about(field, String.valueOf(values.size()), "1 to " + MAX_SCOPES + " of them");
        }
    }

    public Set<Role> roleSet() {
        return Set.copyOf(roles);
    }

    public Set<Scope> scopeSet() {
        return Set.copyOf(scopes);
    }
}
