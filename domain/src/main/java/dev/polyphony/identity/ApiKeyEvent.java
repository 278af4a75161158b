package dev.polyphony.identity;

import dev.polyphony.shared.EventName;
import java.time.Instant;

/** What has happened to a key. Never carries the secret, nor a digest of it. */
public sealed interface ApiKeyEvent {
    ApiKeyId keyId();

    @EventName("api_key.issued")
    record ApiKeyIssued(ApiKeyId keyId, ApiKeyGrant grant, String description) implements ApiKeyEvent {}

    @EventName("api_key.rotated")
    record ApiKeyRotated(ApiKeyId keyId, Instant oldValidUntil) implements ApiKeyEvent {}

    @EventName("api_key.revoked")
    record ApiKeyRevoked(ApiKeyId keyId) implements ApiKeyEvent {}
}
