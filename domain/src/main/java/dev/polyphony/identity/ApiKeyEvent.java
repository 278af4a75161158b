package dev.polyphony.identity;

import dev.polyphony.shared.EventName;
import dev.polyphony.shared.TenantId;

/** What has happened to a key. */
public sealed interface ApiKeyEvent {
    ApiKeyId keyId();

    @EventName("api_key.issued")
    record ApiKeyIssued(ApiKeyId keyId, TenantId tenant, String name, Role role, String hash) implements ApiKeyEvent {}
}
