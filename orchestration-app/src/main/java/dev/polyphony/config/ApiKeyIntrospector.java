package dev.polyphony.config;

import dev.polyphony.identity.ApiKeySecret;
import dev.polyphony.identity.ApiKeys;
import dev.polyphony.identity.Role;
import java.util.Arrays;
import java.util.Map;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.stereotype.Component;

/** An API key is an opaque token that we introspect ourselves: by its hash, in our own directory. */
@Component
class ApiKeyIntrospector implements OpaqueTokenIntrospector {
    private final ApiKeys keys;

    ApiKeyIntrospector(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public OAuth2AuthenticatedPrincipal introspect(String token) {
        Caller caller = keys.find(new ApiKeySecret(token))
                .map(Caller::of)
                .orElseThrow(() -> new BadOpaqueTokenException(
                        "This API key is not known. Check it, or ask an operator for a new one."));
        var authorities = Arrays.stream(Role.values())
                .filter(role -> role.compareTo(caller.role()) <= 0)
                .<GrantedAuthority>map(role -> new SimpleGrantedAuthority("ROLE_" + role))
                .toList();
        return new DefaultOAuth2AuthenticatedPrincipal(caller.actor(), Map.of(Caller.ATTRIBUTE, caller), authorities);
    }
}
