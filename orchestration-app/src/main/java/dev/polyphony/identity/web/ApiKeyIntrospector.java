package dev.polyphony.identity.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.polyphony.identity.ApiKeySecret;
import dev.polyphony.identity.ApiKeys;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.stereotype.Component;

/**
 * An API key is an opaque token that we introspect ourselves: by its hash, in our own directory. A known key is cached for a
 * second, so that it is not looked up for every request and yet counts no longer once it is revoked, on whatever node.
 */
@Component
class ApiKeyIntrospector implements OpaqueTokenIntrospector {
    private static final Duration CACHE_TTL = Duration.ofSeconds(1);
    private static final int MAX_CACHED_KEYS = 10_000;

    private final ApiKeys keys;
    private final Cache<String, OAuth2AuthenticatedPrincipal> cache;

    @Autowired
    ApiKeyIntrospector(ApiKeys keys) {
        this(keys, Ticker.systemTicker());
    }

    ApiKeyIntrospector(ApiKeys keys, Ticker ticker) {
        this.keys = keys;
        this.cache = Caffeine.newBuilder()
                .expireAfterWrite(CACHE_TTL)
                .maximumSize(MAX_CACHED_KEYS)
                .ticker(ticker)
                .build();
    }

    @Override
    public OAuth2AuthenticatedPrincipal introspect(String token) {
        ApiKeySecret secret = new ApiKeySecret(token);
        OAuth2AuthenticatedPrincipal cached = cache.getIfPresent(secret.hash());
        return cached == null ? lookUp(secret) : cached;
    }

    /** No request waits for another one's look-up. An unknown key is not cached: a key counts as soon as it is issued. */
    private OAuth2AuthenticatedPrincipal lookUp(ApiKeySecret secret) {
        OAuth2AuthenticatedPrincipal principal = keys.find(secret)
                .map(ApiKeyPrincipal::of)
                .orElseThrow(() -> new BadOpaqueTokenException(
                        "This API key is not known. Check it, or ask an operator for a new one."));
        cache.put(secret.hash(), principal);
        return principal;
    }
}
