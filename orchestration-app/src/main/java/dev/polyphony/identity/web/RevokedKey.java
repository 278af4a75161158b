package dev.polyphony.identity.web;

import dev.polyphony.identity.ApiKeyId;
import dev.polyphony.shared.TenantId;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;

/** A key that is known, and was revoked. */
final class RevokedKey extends BadOpaqueTokenException {
    private static final long serialVersionUID = 1L;

    private final transient ApiKeyId keyId;
    private final transient TenantId tenant;

    RevokedKey(String message, ApiKeyId keyId, TenantId tenant) {
        super(message);
        this.keyId = keyId;
        this.tenant = tenant;
    }

    ApiKeyId keyId() {
        return keyId;
    }

    TenantId tenant() {
        return tenant;
    }
}
