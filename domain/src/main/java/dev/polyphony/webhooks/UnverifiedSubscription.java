package dev.polyphony.webhooks;

/** A subscription is not the one that its secret was encrypted for, so nothing may be sent to it. */
public final class UnverifiedSubscription extends IllegalStateException {
    public UnverifiedSubscription(WebhookEndpointId endpointId, Throwable cause) {
        super(
                "The signing secret of webhook " + endpointId
                        + " cannot be decrypted: its tenant, URL, events or secret"
                        + " were changed in the database, or polyphony.master-key is not the one that it was encrypted"
                        + " with.",
                cause);
    }
}
