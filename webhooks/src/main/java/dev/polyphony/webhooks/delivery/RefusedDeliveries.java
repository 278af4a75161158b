package dev.polyphony.webhooks.delivery;

import dev.polyphony.webhooks.Deliveries.Claim;
import dev.polyphony.webhooks.WebhookEndpointId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deliveries that the database asks for and nobody has registered: counted, and logged once for each endpoint. */
final class RefusedDeliveries {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedDeliveries.class);
    private static final int MAX_LOGGED = 10_000;

    private final Set<WebhookEndpointId> logged = ConcurrentHashMap.newKeySet();
    private final LongAdder count = new LongAdder();

    DeliveryResult refuse(Claim claim, String reason) {
        count.increment();
        if (logged.size() < MAX_LOGGED && logged.add(claim.endpointId())) {
            LOG.error(
                    "Nothing is sent to webhook {} of tenant {}: {} Compare its row in webhooks.subscription with its"
                            + " event webhook.registered in the history.",
                    claim.endpointId(),
                    claim.subscription().tenant(),
                    reason);
        }
        return DeliveryResult.failed(
                null, "refused: this is not what was registered; the server's log says more", Duration.ZERO);
    }

    long count() {
        return count.sum();
    }
}
