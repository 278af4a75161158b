package dev.polyphony.webhooks;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as people read it; the secret is not part of it.
 *
 * @param id names the endpoint
 * @param url where events are posted
 * @param events the subscribed names, as they were registered
 * @param status {@code active}, or {@code disabled} since its receiver answered 410; one that is removed is not listed any more
 * @param statusReason why it is disabled; null while it is active
 * @param createdAt when it was registered
 */
public record RegisteredWebhook(
        WebhookEndpointId id,
        URI url,
        List<String> events,
        String status,
        @Nullable String statusReason,
        Instant createdAt) {
    public static final String ACTIVE = "active";
    public static final String DISABLED = "disabled";

    public RegisteredWebhook {
        events = List.copyOf(events);
    }
}
