package dev.polyphony.webhooks;

import dev.polyphony.shared.TenantId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The registered endpoints. Lags the event store by milliseconds. */
public interface WebhookDirectory {
    /** Empty for an endpoint that is unknown, removed, or another tenant's. */
    Optional<RegisteredWebhook> find(TenantId tenant, WebhookEndpointId endpointId);

    /**
     * Oldest first.
     *
     * @param after where the page before ended; null for the first
     * @param limit the maximum, at least 1
     */
    List<RegisteredWebhook> list(TenantId tenant, @Nullable WebhookCursor after, int limit);
}
