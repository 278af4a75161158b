package dev.polyphony.identity.automation;

import dev.polyphony.identity.ApiKeyCommand.RevokeApiKey;
import dev.polyphony.identity.ApiKeyCredentials;
import dev.polyphony.identity.ApiKeyEvent.ApiKeyIssued;
import dev.polyphony.identity.ApiKeyId;
import dev.polyphony.identity.Tenants;
import dev.polyphony.identity.Tenants.State;
import dev.polyphony.identity.tenants.TenantEvent.TenantDeleted;
import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.TenantId;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Revokes the keys of a deleted tenant, also one that was issued while the tenant was being deleted. */
@Component
@DisallowReplay
@ProcessingGroup("revoke-keys-of-deleted-tenants")
class RevokeKeysOfDeletedTenants {
    private static final Logger LOG = LoggerFactory.getLogger(RevokeKeysOfDeletedTenants.class);

    private final ApiKeyCredentials credentials;
    private final Tenants tenants;
    private final CommandGateway commands;

    RevokeKeysOfDeletedTenants(ApiKeyCredentials credentials, Tenants tenants, CommandGateway commands) {
        this.credentials = credentials;
        this.tenants = tenants;
        this.commands = commands;
    }

    @EventHandler
    void on(TenantDeleted deleted, EventMessage<?> message) {
        credentials.validKeys(deleted.tenant()).forEach(keyId -> revoke(keyId, deleted.tenant(), message));
    }

    @EventHandler
    void on(ApiKeyIssued issued, EventMessage<?> message) {
        TenantId tenant = issued.grant().tenant();
        if (!tenant.equals(TenantId.DEFAULT) && tenants.now(tenant).state() == State.DELETED) {
            revoke(issued.keyId(), tenant, message);
        }
    }

    private void revoke(ApiKeyId keyId, TenantId tenant, EventMessage<?> cause) {
        MessageOrigin deletion = MessageOrigin.of(cause.getMetaData());
        try {
            commands.sendAndWait(
                    new RevokeApiKey(keyId, tenant),
                    new MessageOrigin(tenant, "system:identity", deletion.correlationId(), cause.getIdentifier())
                            .metaData());
        } catch (Rejection done) {
            LOG.debug("key {} of deleted tenant {} needs no revoking: {}", keyId, tenant, done.getMessage());
        }
    }
}
