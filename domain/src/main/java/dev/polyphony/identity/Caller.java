package dev.polyphony.identity;

import dev.polyphony.identity.ApiKeys.ApiKeyView;
import dev.polyphony.shared.TenantId;

/**
 * Who sent the request that is being answered.
 *
 * @param tenant whose data may be read and changed
 * @param actor how the history names the caller
 */
public record Caller(TenantId tenant, String actor, Role role) {
    public static Caller of(ApiKeyView key) {
        return new Caller(key.tenant(), "key:" + key.name(), key.role());
    }
}
