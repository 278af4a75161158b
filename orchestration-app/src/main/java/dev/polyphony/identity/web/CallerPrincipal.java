package dev.polyphony.identity.web;

import dev.polyphony.identity.Caller;
import dev.polyphony.identity.Role;
import dev.polyphony.identity.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;

/**
 * A caller as Spring Security knows it: with the authorities of its roles, of those that they include, and of its scopes.
 *
 * @param credential tells credentials apart whose callers have the same name: the id of the key or of the token's subject
 */
public record CallerPrincipal(String credential, Caller caller, List<GrantedAuthority> authorities)
        implements OAuth2AuthenticatedPrincipal {
    public static CallerPrincipal of(String credential, Caller caller) {
        List<GrantedAuthority> authorities = Stream.concat(
                        caller.roles().stream()
                                .flatMap(role -> role.included().stream())
                                .distinct()
                                .map(Role::name)
                                .map("ROLE_"::concat),
                        caller.scopes().stream().map(Scope::value).map("SCOPE_"::concat))
                .sorted()
                .<GrantedAuthority>map(SimpleGrantedAuthority::new)
                .toList();
        return new CallerPrincipal(credential, caller, authorities);
    }

    @Override
    public String getName() {
        return caller.actor();
    }

    @Override
    public Map<String, Object> getAttributes() {
        return Map.of();
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return authorities;
    }
}
