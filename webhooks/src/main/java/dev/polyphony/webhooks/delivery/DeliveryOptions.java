package dev.polyphony.webhooks.delivery;

import java.time.Duration;

/**
 * How hard one node works.
 *
 * @param maxInFlight endpoints that are called at the same time, at least 1
 * @param lease how long an endpoint belongs to the node that called it; longer than a call and its record can take
 * @param pollInterval how soon work is noticed that nobody woke the loop for, such as that of a dead node
 * @param shutdownGrace how long calls in flight may go on when the loop is closed; the rest is cut and sent again later
 */
public record DeliveryOptions(int maxInFlight, Duration lease, Duration pollInterval, Duration shutdownGrace) {
    public DeliveryOptions {
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("at least 1 endpoint must be called at a time, not " + maxInFlight);
        }
        if (!lease.isPositive() || !pollInterval.isPositive()) {
            throw new IllegalArgumentException("lease and poll interval are longer than nothing");
        }
    }
}
