package dev.polyphony.identity;

import dev.polyphony.shared.TenantId;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who sent the request that is being answered.
 *
 * @param tenant whose data may be read and changed
 * @param actor how the history names the caller
 * @param roles those that were granted; each includes others, see {@link Role#included}
 * @param scopes what the credential may be used for
 * @param tier what the tenant has booked
 */
public record Caller(TenantId tenant, String actor, Set<Role> roles, Set<Scope> scopes, Tier tier) {
    public Caller {
        roles = Set.copyOf(roles);
        scopes = Set.copyOf(scopes);
    }

    /** Whether one of the roles is it or includes it. */
    public boolean is(Role role) {
        return included(roles).contains(role);
    }

    /** Whether a credential with these rights would be no more than this one. */
    public boolean mayGrant(Set<Role> others, Set<Scope> scope) {
        return included(roles).containsAll(included(others))
                && scope.stream().allMatch(wanted -> scopes.stream().anyMatch(held -> held.includes(wanted)));
    }

    private static Set<Role> included(Set<Role> roles) {
        Set<Role> all = EnumSet.noneOf(Role.class);
        roles.forEach(role -> all.addAll(role.included()));
        return all;
    }
}
