package dev.polyphony.webhooks.automation;

import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.TenantId;
import dev.polyphony.webhooks.Deliveries.Claim;
import dev.polyphony.webhooks.GoneEndpoints;
import dev.polyphony.webhooks.WebhookEndpointCommand.DisableWebhook;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Disables an endpoint whose receiver answered 410. What cannot be recorded now is tried again with the next delivery, which gets the
 * same answer.
 */
@Component
class DisableGoneEndpoints implements GoneEndpoints {
    private static final Logger LOG = LoggerFactory.getLogger(DisableGoneEndpoints.class);
    private static final String ACTOR = "system:webhook-deliveries";

    private final CommandGateway commands;

    DisableGoneEndpoints(CommandGateway commands) {
        this.commands = commands;
    }

    @Override
    public void gone(Claim claim) {
        TenantId tenant = new TenantId(claim.tenant());
        String delivery = claim.deliveryId().toString();
        String reason = "Its receiver answered 410 Gone to delivery %s.".formatted(delivery);
        try {
            commands.sendAndWait(
                    new DisableWebhook(claim.endpointId(), tenant, reason),
                    new MessageOrigin(tenant, ACTOR, delivery, delivery).metaData());
            LOG.info("webhook endpoint {} is disabled: {}", claim.endpointId(), reason);
        } catch (Rejection removed) {
            LOG.debug("webhook endpoint {} needs no disabling: {}", claim.endpointId(), removed.getMessage());
        } catch (RuntimeException failure) {
            LOG.warn("webhook endpoint {} could not be disabled: {}", claim.endpointId(), failure.toString());
        }
    }
}
