package dev.polyphony.webhooks.delivery;

import dev.polyphony.webhooks.Deliveries.Claim;
import dev.polyphony.webhooks.Payloads;
import dev.polyphony.webhooks.SigningSecret;
import dev.polyphony.webhooks.SigningSecrets;
import dev.polyphony.webhooks.UnverifiedSubscription;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Attempts one claimed delivery and records how it went. */
public final class DeliveryWorker {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWorker.class);

    private final Payloads payloads;
    private final SigningSecrets secrets;
    private final WebhookSender sender;
    private final DeliveryOutcomes outcomes;
    private final RefusedDeliveries refused = new RefusedDeliveries();

    public DeliveryWorker(Payloads payloads, SigningSecrets secrets, WebhookSender sender, DeliveryOutcomes outcomes) {
        this.payloads = payloads;
        this.secrets = secrets;
        this.sender = sender;
        this.outcomes = outcomes;
    }

    /** Returns without a record when the thread is interrupted: the lease then runs out, as after a crash. */
    void deliver(Claim claim) {
        DeliveryResult result = attempt(claim);
        if (!Thread.currentThread().isInterrupted()) {
            outcomes.record(claim, result);
        }
    }

    // Whatever goes wrong in here counts as a failed attempt; otherwise a broken delivery would be claimed for ever.
    private DeliveryResult attempt(Claim claim) {
        try {
            return secrets.find(claim.subscription())
                    .map(secret -> attempt(claim, secret))
                    .orElseGet(() -> refused.refuse(claim, "It has no signing secret."));
        } catch (UnverifiedSubscription changed) {
            return refused.refuse(claim, String.valueOf(changed.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("webhook delivery {} could not be attempted", claim.deliveryId(), e);
            return DeliveryResult.failed(null, "the server could not make the call; its log says why", Duration.ZERO);
        }
    }

    /** The subscription is what was registered, but it may have been another one when the delivery was queued. */
    private DeliveryResult attempt(Claim claim, SigningSecret secret) {
        return claim.isSubscribed()
                ? sender.send(claim, payloads.decrypt(claim), secret)
                : refused.refuse(
                        claim,
                        "The " + claim.eventName() + " of tenant " + claim.tenant() + " in delivery "
                                + claim.deliveryId() + " is not what it subscribed to.");
    }

    /** How many attempts were refused because the database asked for what nobody has registered. */
    public long refused() {
        return refused.count();
    }
}
