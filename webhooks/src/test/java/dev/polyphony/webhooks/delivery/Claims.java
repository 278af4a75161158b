package dev.polyphony.webhooks.delivery;

import dev.polyphony.webhooks.Deliveries.Claim;
import dev.polyphony.webhooks.DeliveryId;
import dev.polyphony.webhooks.Payloads.Payload;
import dev.polyphony.webhooks.SigningSecret;
import dev.polyphony.webhooks.Subscription;
import dev.polyphony.webhooks.WebhookEndpointId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Claims that tests start from. */
public final class Claims {
    public static final SigningSecret SECRET = SigningSecret.of("your-webhook-secret");
    public static final Instant OCCURRED_AT = Instant.parse("2026-01-01T00:00:00Z");
    public static final String PAYLOAD = "{\"workflow_id\":\"w-1\",\"summary\":\"größer\"}";

    /** What {@link #PAYLOAD} is when it is opened: the same, for nothing in it is encrypted. */
    public static final Payload DECRYPTED = new Payload(PAYLOAD, false);

    private Claims() {}

    public static Claim claim(URI url) {
        return claim(UUID.randomUUID(), new WebhookEndpointId(UUID.randomUUID()), 1, url);
    }

    static Claim claim(UUID deliveryId, WebhookEndpointId endpointId, int attempt, URI url) {
        return new Claim(
                new DeliveryId(deliveryId),
                new Subscription(endpointId, "acme", url.toString(), List.of("workflow.completed")),
                "acme",
                UUID.randomUUID(),
                attempt,
                "workflow.completed",
                OCCURRED_AT,
                PAYLOAD);
    }
}
