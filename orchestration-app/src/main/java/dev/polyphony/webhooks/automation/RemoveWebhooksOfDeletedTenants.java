package dev.polyphony.webhooks.automation;

import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.identity.Tenants;
import dev.polyphony.identity.Tenants.State;
import dev.polyphony.identity.tenants.TenantEvent.TenantDeleted;
import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.TenantId;
import dev.polyphony.webhooks.RegisteredWebhook;
import dev.polyphony.webhooks.WebhookCursor;
import dev.polyphony.webhooks.WebhookDirectory;
import dev.polyphony.webhooks.WebhookEndpointCommand.RemoveWebhook;
import dev.polyphony.webhooks.WebhookEndpointEvent.WebhookRegistered;
import dev.polyphony.webhooks.WebhookEndpointId;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Removes the endpoints of a deleted tenant, also one that was registered while the tenant was being deleted; the secrets go with them. */
@Component
@DisallowReplay
@ProcessingGroup("remove-webhooks-of-deleted-tenants")
class RemoveWebhooksOfDeletedTenants {
    private static final Logger LOG = LoggerFactory.getLogger(RemoveWebhooksOfDeletedTenants.class);
    private static final int AT_ONCE = 500;

    private final WebhookDirectory directory;
    private final Tenants tenants;
    private final CommandGateway commands;

    RemoveWebhooksOfDeletedTenants(WebhookDirectory directory, Tenants tenants, CommandGateway commands) {
        this.directory = directory;
        this.tenants = tenants;
        this.commands = commands;
    }

    /** What was registered before is in the directory once that has come as far as this event. */
    @EventHandler
    void on(TenantDeleted deleted, EventMessage<?> message, TrackingToken token) {
        AtomicLong position = new AtomicLong(token.position().orElseThrow());
        ReadYourWrites.during(position, () -> removeAll(deleted.tenant(), message));
    }

    private void removeAll(TenantId tenant, EventMessage<?> cause) {
        List<RegisteredWebhook> page = directory.list(tenant, null, AT_ONCE);
        while (!page.isEmpty()) {
            page.forEach(webhook -> remove(webhook.id(), tenant, cause));
            page = directory.list(tenant, WebhookCursor.after(page.getLast()), AT_ONCE);
        }
    }

    @EventHandler
    void on(WebhookRegistered registered, EventMessage<?> message) {
        TenantId tenant = registered.tenant();
        if (!tenant.equals(TenantId.DEFAULT) && tenants.now(tenant).state() == State.DELETED) {
            remove(registered.endpointId(), tenant, message);
        }
    }

    private void remove(WebhookEndpointId endpointId, TenantId tenant, EventMessage<?> cause) {
        MessageOrigin deletion = MessageOrigin.of(cause.getMetaData());
        try {
            commands.sendAndWait(
                    new RemoveWebhook(endpointId, tenant),
                    new MessageOrigin(tenant, "system:webhooks", deletion.correlationId(), cause.getIdentifier())
                            .metaData());
        } catch (Rejection done) {
            LOG.debug("webhook {} of deleted tenant {} needs no removing: {}", endpointId, tenant, done.getMessage());
        }
    }
}
