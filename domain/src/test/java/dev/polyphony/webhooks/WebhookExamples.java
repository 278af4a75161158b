package dev.polyphony.webhooks;

import dev.polyphony.shared.TenantId;
import dev.polyphony.webhooks.WebhookEndpointCommand.RegisterWebhook;
import dev.polyphony.webhooks.WebhookEndpointEvent.WebhookDisabled;
import dev.polyphony.webhooks.WebhookEndpointEvent.WebhookRegistered;
import dev.polyphony.webhooks.WebhookEndpointEvent.WebhookRemoved;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Facts about webhooks that tests start from. */
public final class WebhookExamples {
    public static final WebhookEndpointId ENDPOINT =
            new WebhookEndpointId(UUID.fromString("0199d0c2-6f4e-7c1e-9d0a-0f3f6f0f7d11"));
    public static final TenantId ACME = new TenantId("acme");
    public static final TenantId OTHER_TENANT = new TenantId("other");
    public static final URI URL = URI.create("https://your-app.com/amas-webhook");
    public static final List<String> EVENTS = List.of("workflow.completed", "workflow.failed");
    public static final Instant REGISTERED_AT = Instant.parse("2026-01-01T00:00:00Z");

    private WebhookExamples() {}

    public static RegisterWebhook registerWebhook() {
        return new RegisterWebhook(ENDPOINT, ACME, URL, EVENTS, REGISTERED_AT);
    }

    public static WebhookRegistered webhookRegistered() {
        return webhookRegistered(ENDPOINT, URL, EVENTS);
    }

    public static WebhookRegistered webhookRegistered(WebhookEndpointId endpointId, URI url, List<String> events) {
        return new WebhookRegistered(endpointId, ACME, url, events, REGISTERED_AT);
    }

    public static WebhookDisabled webhookDisabled() {
        return new WebhookDisabled(ENDPOINT, "its receiver answered 410 Gone");
    }

    public static WebhookRemoved webhookRemoved() {
        return new WebhookRemoved(ENDPOINT);
    }
}
