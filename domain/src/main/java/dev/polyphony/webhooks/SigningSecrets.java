package dev.polyphony.webhooks;

import java.util.Optional;

/** Keeps the secrets of endpoints, encrypted at rest and apart from the event history. */
public interface SigningSecrets {
    /** Keeps the endpoint's secret; replaces an earlier one. */
    void store(WebhookEndpointId endpointId, SigningSecret secret);

    /** @throws IllegalStateException when the stored secret cannot be decrypted, because the master key is another one */
    Optional<SigningSecret> find(WebhookEndpointId endpointId);

    /** Destroys the secret; deleting one that is not there changes nothing. */
    void delete(WebhookEndpointId endpointId);
}
