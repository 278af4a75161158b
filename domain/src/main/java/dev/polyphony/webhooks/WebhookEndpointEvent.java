package dev.polyphony.webhooks;

import dev.polyphony.shared.EventName;
import dev.polyphony.shared.TenantId;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** What has happened to an endpoint. Stored for ever: add an event rather than change one. Never carries the secret. */
public sealed interface WebhookEndpointEvent {
    WebhookEndpointId endpointId();

    @EventName("webhook.registered")
    record WebhookRegistered(
            WebhookEndpointId endpointId, TenantId tenant, URI url, List<String> events, Instant registeredAt)
            implements WebhookEndpointEvent {
        public WebhookRegistered {
            events = List.copyOf(events);
        }
    }

    @EventName("webhook.disabled")
    record WebhookDisabled(WebhookEndpointId endpointId, String reason) implements WebhookEndpointEvent {}

    @EventName("webhook.removed")
    record WebhookRemoved(WebhookEndpointId endpointId) implements WebhookEndpointEvent {}
}
