package dev.polyphony.identity;

import dev.polyphony.shared.TenantId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be done with a key. */
public sealed interface ApiKeyCommand {
    ApiKeyId keyId();

    /**
     * @param name how people recognise it; becomes the actor {@code key:<name>}
     * @param hash of the secret, see {@link ApiKeySecret#hash()}
     */
    record IssueApiKey(@TargetAggregateIdentifier ApiKeyId keyId, TenantId tenant, String name, Role role, String hash)
            implements ApiKeyCommand {}
}
