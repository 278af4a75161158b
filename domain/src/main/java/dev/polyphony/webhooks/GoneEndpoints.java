package dev.polyphony.webhooks;

import dev.polyphony.webhooks.Deliveries.Claim;

/** Hears of endpoints whose receiver answered 410 Gone, and ends their subscription. */
@FunctionalInterface
public interface GoneEndpoints {
    /** The last attempt is recorded already. May be told of one endpoint more than once. */
    void gone(Claim claim);
}
