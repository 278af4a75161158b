package dev.polyphony.identity;

import dev.polyphony.shared.ServerWide;
import dev.polyphony.shared.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What callers present, kept apart from the history and from read models: no replay brings a revoked key back, and none locks a valid
 * one out. Secrets are stored as keyed digests, and what they open is encrypted.
 */
@ServerWide("who calls is found out before it is known whose tenant it is")
public interface ApiKeyCredentials {
    /** @param revoked when it no longer opens anything */
    record Credential(ApiKeyId keyId, ApiKeyGrant grant, boolean revoked) {}

    /** Empty for a secret that never was one. */
    Optional<Credential> find(ApiKeySecret secret);

    /**
     * Makes it the secret of the key. Others of the same key count until then, at the latest.
     *
     * @return false when the secret was revoked once and so counts for nothing
     */
    boolean store(ApiKeyId keyId, ApiKeySecret secret, ApiKeyGrant grant, Instant othersValidUntil);

    /** The keys of a tenant of which a secret is stored that was not revoked; looks through those of all tenants. */
    Set<ApiKeyId> validKeys(TenantId tenant);

    /** Lets all secrets of the key count until then, at the latest. */
    void expire(ApiKeyId keyId, Instant end);

    /** From the moment this returns no secret of the key is found as valid. Repeating it changes nothing. */
    void revoke(ApiKeyId keyId);

    /** @param uses keys and when they were last used */
    void recordUse(Map<ApiKeyId, Instant> uses);
}
