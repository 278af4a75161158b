package dev.polyphony.identity.web;

import dev.polyphony.identity.ApiKeySecret;
import dev.polyphony.identity.ApiKeys;
import dev.polyphony.identity.Role;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.stereotype.Component;

/**
 * An API key is an opaque token that we introspect ourselves: by its hash, in our own directory. A known key is remembered for a
 * second, so that it is not looked up for every request and yet counts no longer once it is revoked, on whatever node.
 */
@Component
class ApiKeyIntrospector implements OpaqueTokenIntrospector {
    private static final Duration REMEMBERED = Duration.ofSeconds(1);
    private static final int MOST = 10_000;

    private final ApiKeys keys;
    private final Cache<String, OAuth2AuthenticatedPrincipal> known;

    @Autowired
    ApiKeyIntrospector(ApiKeys keys) {
        this(keys, Ticker.systemTicker());
    }

    ApiKeyIntrospector(ApiKeys keys, Ticker ticker) {
        this.keys = keys;
        this.known = Caffeine.newBuilder()
                .expireAfterWrite(REMEMBERED)
                .maximumSize(MOST)
                .ticker(ticker)
                .build();
    }

    @Override
    public OAuth2AuthenticatedPrincipal introspect(String token) {
        ApiKeySecret secret = new ApiKeySecret(token);
        OAuth2AuthenticatedPrincipal remembered = known.getIfPresent(secret.hash());
        return remembered == null ? look(secret) : remembered;
    }

    /** Nobody waits for another one's look, and what was not found is not remembered: a key counts as soon as it is issued. */
    private OAuth2AuthenticatedPrincipal look(ApiKeySecret secret) {
        Caller caller = keys.find(secret)
                .map(Caller::of)
                .orElseThrow(() -> new BadOpaqueTokenException(
                        "This API key is not known. Check it, or ask an operator for a new one."));
        var authorities = Arrays.stream(Role.values())
                .filter(role -> role.compareTo(caller.role()) <= 0)
                .<GrantedAuthority>map(role -> new SimpleGrantedAuthority("ROLE_" + role))
                .toList();
        var principal =
                new DefaultOAuth2AuthenticatedPrincipal(caller.actor(), Map.of(Caller.ATTRIBUTE, caller), authorities);
        known.put(secret.hash(), principal);
        return principal;
    }
}
