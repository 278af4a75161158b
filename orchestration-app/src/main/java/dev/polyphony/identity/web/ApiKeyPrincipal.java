package dev.polyphony.identity.web;

import dev.polyphony.identity.ApiKeyId;
import dev.polyphony.identity.ApiKeys.ApiKeyView;
import dev.polyphony.identity.Caller;
import dev.polyphony.identity.Role;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;

/**
 * A caller as Spring Security knows it: with the authorities of its role and of the roles below that.
 *
 * @param keyId tells keys apart that have the same name
 */
record ApiKeyPrincipal(ApiKeyId keyId, Caller caller) implements OAuth2AuthenticatedPrincipal {
    private static final Map<Role, List<GrantedAuthority>> AUTHORITIES = new EnumMap<>(Role.class);

    static {
        for (Role role : Role.values()) {
            AUTHORITIES.put(role, upTo(role));
        }
    }

    static ApiKeyPrincipal of(ApiKeyView key) {
        return new ApiKeyPrincipal(key.keyId(), Caller.of(key));
    }

    private static List<GrantedAuthority> upTo(Role role) {
        return Arrays.stream(Role.values())
                .filter(each -> each.compareTo(role) <= 0)
                .<GrantedAuthority>map(each -> new SimpleGrantedAuthority("ROLE_" + each))
                .toList();
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
        return AUTHORITIES.getOrDefault(caller.role(), List.of());
    }
}
