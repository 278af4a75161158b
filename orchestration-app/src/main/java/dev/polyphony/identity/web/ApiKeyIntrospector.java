package dev.polyphony.identity.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.polyphony.identity.ApiKeyCredentials;
import dev.polyphony.identity.ApiKeyCredentials.Credential;
import dev.polyphony.identity.ApiKeySecret;
import dev.polyphony.identity.Tenants;
import dev.polyphony.identity.automation.RecordKeyUse;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.stereotype.Component;

/**
 * An API key is an opaque token that we introspect ourselves, by its digest. A known key is cached for half a second, so that it is not
 * looked up for every request and yet counts no longer once it is revoked, on whatever node. One with a wrong checksum is not looked for.
 */
@Component
class ApiKeyIntrospector implements OpaqueTokenIntrospector {
    private static final Duration CACHE_TTL = Duration.ofMillis(500);
    private static final int MAX_CACHED_KEYS = 10_000;

    private final ApiKeyCredentials credentials;
    private final Tenants tenants;
    private final RecordKeyUse uses;
    private final Clock clock;
    private final Cache<ByteBuffer, OAuth2AuthenticatedPrincipal> cache;

    @Autowired
    ApiKeyIntrospector(ApiKeyCredentials credentials, Tenants tenants, RecordKeyUse uses, Clock clock) {
        this(credentials, tenants, uses, clock, Ticker.systemTicker());
    }

    ApiKeyIntrospector(ApiKeyCredentials credentials, Tenants tenants, RecordKeyUse uses, Clock clock, Ticker ticker) {
        this.credentials = credentials;
        this.tenants = tenants;
        this.uses = uses;
        this.clock = clock;
        this.cache = Caffeine.newBuilder()
                .expireAfterWrite(CACHE_TTL)
                .maximumSize(MAX_CACHED_KEYS)
                .ticker(ticker)
                .build();
    }

    @Override
    public OAuth2AuthenticatedPrincipal introspect(String token) {
        ApiKeySecret secret = new ApiKeySecret(token);
        if (!secret.isWellFormed()) {
            throw new BadOpaqueTokenException("This API key is not known: it is mistyped, or not whole. Check it.");
        }
        ByteBuffer fingerprint = fingerprint(token);
        OAuth2AuthenticatedPrincipal cached = cache.getIfPresent(fingerprint);
        return cached == null ? lookUp(secret, fingerprint) : cached;
    }

    /** No request waits for another one's look-up. An unknown key is not cached: a key counts as soon as it is issued. */
    private OAuth2AuthenticatedPrincipal lookUp(ApiKeySecret secret, ByteBuffer fingerprint) {
        Credential found = credentials
                .find(secret)
                .orElseThrow(() -> new BadOpaqueTokenException(
                        "This API key is not known. Check it, or ask an admin of your tenant for a new one."));
        if (found.revoked()) {
            throw new RevokedKey(
                    "This API key was revoked. Ask an admin of your tenant for a new one.",
                    found.keyId(),
                    found.grant().tenant());
        }
        if (found.grant().isExpired(clock.instant())) {
            throw new BadOpaqueTokenException(
                    "This API key expired at " + found.grant().expiresAt() + ". Use the one that replaced it.");
        }
        String refusal = tenants.refusal(found.grant().tenant());
        if (refusal != null) {
            throw new BadOpaqueTokenException(refusal);
        }
        OAuth2AuthenticatedPrincipal principal = CallerPrincipal.of(
                found.keyId().value(),
                found.grant().caller(tenants.tier(found.grant().tenant())));
        cache.put(fingerprint, principal);
        uses.used(found.keyId());
        return principal;
    }

    /** So that no secret stays in memory for the cache. */
    private static ByteBuffer fingerprint(String token) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
