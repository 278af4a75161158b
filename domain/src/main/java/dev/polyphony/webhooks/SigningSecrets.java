package dev.polyphony.webhooks;

import java.util.Optional;

/** Keeps the secrets of endpoints, encrypted at rest and apart from the event history. */
public interface SigningSecrets {
    /** Keeps the endpoint's secret, bound to where its events go; replaces an earlier one. */
    void store(Subscription subscription, SigningSecret secret);

    /** @throws UnverifiedSubscription when the subscription is not the one that the secret was stored for */
    Optional<SigningSecret> find(Subscription subscription);

    /** Destroys the secret; deleting one that is not there changes nothing. */
    void delete(WebhookEndpointId endpointId);
}
