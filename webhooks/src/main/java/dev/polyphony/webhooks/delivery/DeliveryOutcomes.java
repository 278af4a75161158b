package dev.polyphony.webhooks.delivery;

import dev.polyphony.webhooks.Deliveries;
import dev.polyphony.webhooks.Deliveries.Claim;
import dev.polyphony.webhooks.GoneEndpoints;

/** Records how attempts went, and decides whether there is another one. */
public final class DeliveryOutcomes {
    private static final int GONE = 410;

    private final Deliveries deliveries;
    private final RetrySchedule schedule;
    private final GoneEndpoints gone;

    public DeliveryOutcomes(Deliveries deliveries, RetrySchedule schedule, GoneEndpoints gone) {
        this.deliveries = deliveries;
        this.schedule = schedule;
        this.gone = gone;
    }

    void record(Claim claim, DeliveryResult result) {
        Integer status = result.attempt().statusCode();
        if (result.isAccepted()) {
            deliveries.delivered(claim, result.attempt());
        } else if (status != null && status == GONE) {
            deliveries.giveUp(claim, result.attempt());
            gone.gone(claim);
        } else {
            schedule.waitAfter(claim.attempt(), result.retryAfter())
                    .ifPresentOrElse(
                            wait -> deliveries.retry(claim, result.attempt(), wait),
                            () -> deliveries.giveUp(claim, result.attempt()));
        }
    }
}
