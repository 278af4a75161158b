package dev.polyphony.webhooks;

import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * An endpoint as people read it; the secret is not part of it.
 *
 * @param id names the endpoint
 * @param url where events are posted
 * @param events the subscribed names, as they were registered
 * @param status {@link #ACTIVE}: an endpoint that is removed is not listed any more
 * @param createdAt when it was registered
 */
public record RegisteredWebhook(WebhookEndpointId id, URI url, List<String> events, String status, Instant createdAt) {
    public static final String ACTIVE = "active";

    public RegisteredWebhook {
        events = List.copyOf(events);
    }
}
