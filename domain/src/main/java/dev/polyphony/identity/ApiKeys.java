package dev.polyphony.identity;

import dev.polyphony.shared.TenantId;
import java.util.Optional;

/** Finds keys by what a caller presents. */
public interface ApiKeys {
    Optional<ApiKeyView> find(ApiKeySecret secret);

    record ApiKeyView(ApiKeyId keyId, TenantId tenant, String name, Role role) {}
}
