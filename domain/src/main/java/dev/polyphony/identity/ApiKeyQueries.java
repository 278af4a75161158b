package dev.polyphony.identity;

import dev.polyphony.shared.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys as people read them; without secrets. */
public interface ApiKeyQueries {
    /**
     * An API key.
     *
     * @param id names it in this API
     * @param name how people recognise it
     * @param description what it is for
     * @param tenant whose data it opens
     * @param roles what its holder may do
     * @param scopes what the key may be used for, within the roles
     * @param createdAt when it was issued
     * @param rotatedAt when it last got a new secret; null when never
     * @param expiresAt from when on it counts no longer; null when it never expires
     * @param lastUsedAt when it was last used, to some ten seconds; null when never
     */
    record ApiKeyView(
            ApiKeyId id,
            String name,
            String description,
            TenantId tenant,
            Set<Role> roles,
            Set<Scope> scopes,
            Instant createdAt,
            @Nullable Instant rotatedAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {}

    /** Those that are not revoked, in the order of their ids. */
    List<ApiKeyView> list(TenantId tenant, @Nullable ApiKeyId after, int limit);

    /** Empty when it is revoked, or another tenant's. */
    Optional<ApiKeyView> find(TenantId tenant, ApiKeyId keyId);
}
