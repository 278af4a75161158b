package dev.polyphony.identity;

import dev.polyphony.shared.TenantId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be done with a key. The secret is in none of it. */
public sealed interface ApiKeyCommand {
    ApiKeyId keyId();

    /** @param description what the key is for; empty when nobody said it */
    record IssueApiKey(@TargetAggregateIdentifier ApiKeyId keyId, ApiKeyGrant grant, String description)
            implements ApiKeyCommand {}

    /** @param oldValidUntil how long the secret before counts beside the new one */
    record RotateApiKey(@TargetAggregateIdentifier ApiKeyId keyId, TenantId tenant, Instant oldValidUntil)
            implements ApiKeyCommand {}

    record RevokeApiKey(@TargetAggregateIdentifier ApiKeyId keyId, TenantId tenant) implements ApiKeyCommand {}
}
