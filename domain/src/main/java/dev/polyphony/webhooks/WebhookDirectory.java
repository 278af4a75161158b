package dev.polyphony.webhooks;

import dev.polyphony.shared.TenantId;
import java.util.List;
import java.util.Optional;

/** The registered endpoints. Lags the event store by milliseconds. */
public interface WebhookDirectory {
    /** Empty for an endpoint that is unknown, removed, or another tenant's. */
    Optional<RegisteredWebhook> find(TenantId tenant, WebhookEndpointId endpointId);

    /** Oldest first. */
    List<RegisteredWebhook> of(TenantId tenant);
}
