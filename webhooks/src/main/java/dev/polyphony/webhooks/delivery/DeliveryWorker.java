package dev.polyphony.webhooks.delivery;

import dev.polyphony.webhooks.Deliveries;
import dev.polyphony.webhooks.Deliveries.Claim;
import dev.polyphony.webhooks.Payloads;
import dev.polyphony.webhooks.SigningSecrets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Attempts one claimed delivery and records how it went. */
public final class DeliveryWorker {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWorker.class);

    private final Deliveries deliveries;
    private final Payloads payloads;
    private final SigningSecrets secrets;
    private final WebhookSender sender;
    private final RetrySchedule schedule;

    public DeliveryWorker(
            Deliveries deliveries,
            Payloads payloads,
            SigningSecrets secrets,
            WebhookSender sender,
            RetrySchedule schedule) {
        this.deliveries = deliveries;
        this.payloads = payloads;
        this.secrets = secrets;
        this.sender = sender;
        this.schedule = schedule;
    }

    /** Returns without a record when the thread is interrupted: the lease then runs out, as after a crash. */
    void deliver(Claim claim) {
        DeliveryResult result = attempt(claim);
        if (!Thread.currentThread().isInterrupted()) {
            record(claim, result);
        }
    }

    // Whatever goes wrong in here counts as a failed attempt; otherwise a broken delivery would be claimed for ever.
    private DeliveryResult attempt(Claim claim) {
        try {
            return secrets.find(claim.endpointId())
                    .map(secret -> sender.send(claim, payloads.decrypt(claim), secret))
                    .orElseGet(() -> DeliveryResult.failed(null, "the endpoint has no signing secret", Duration.ZERO));
        } catch (RuntimeException e) {
            LOG.error("webhook delivery {} could not be attempted", claim.deliveryId(), e);
            return DeliveryResult.failed(null, "the server could not make the call; its log says why", Duration.ZERO);
        }
    }

    private void record(Claim claim, DeliveryResult result) {
        if (result.isAccepted()) {
            deliveries.delivered(claim, result.attempt());
        } else {
            schedule.waitAfter(claim.attempt(), result.retryAfter())
                    .ifPresentOrElse(
                            wait -> deliveries.retry(claim, result.attempt(), wait),
                            () -> deliveries.giveUp(claim, result.attempt()));
        }
    }
}
