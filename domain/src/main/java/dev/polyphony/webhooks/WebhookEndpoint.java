package dev.polyphony.webhooks;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.polyphony.shared.TenantId;
import dev.polyphony.webhooks.WebhookEndpointCommand.DisableWebhook;
import dev.polyphony.webhooks.WebhookEndpointCommand.RegisterWebhook;
import dev.polyphony.webhooks.WebhookEndpointCommand.RemoveWebhook;
import dev.polyphony.webhooks.WebhookEndpointEvent.WebhookDisabled;
import dev.polyphony.webhooks.WebhookEndpointEvent.WebhookRegistered;
import dev.polyphony.webhooks.WebhookEndpointEvent.WebhookRemoved;
import java.time.Instant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** A URL of one tenant that receives events, from its registration to its removal. */
@AggregateRoot(type = "webhook_endpoint")
@SuppressWarnings("NullAway.Init") // Axon fills the fields by replaying events
public class WebhookEndpoint {
    @AggregateIdentifier
    private WebhookEndpointId id;

    private @Nullable TenantId owner;
    private Instant registeredAt;
    private boolean disabled;

    protected WebhookEndpoint() {}

    /** Returns when it was registered. Doing it again, as after a try whose reply was lost, changes nothing. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Instant handle(RegisterWebhook command) {
        if (id == null) {
            apply(new WebhookRegistered(
                    command.endpointId(), command.tenant(), command.url(), command.events(), command.registeredAt()));
        }
        return registeredAt;
    }

    // Created if missing, so that an id which was never registered is refused with our error and not with Axon's.
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RemoveWebhook command) {
        if (!command.tenant().equals(owner)) {
            throw WebhookProblem.unknown(command.endpointId());
        }
        apply(new WebhookRemoved(id));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(DisableWebhook command) {
        if (!command.tenant().equals(owner)) {
            throw WebhookProblem.unknown(command.endpointId());
        }
        if (!disabled) {
            apply(new WebhookDisabled(id, command.reason()));
        }
    }

    @EventSourcingHandler
    void on(WebhookEndpointEvent event) {
        id = event.endpointId();
        switch (event) {
            case WebhookRegistered registered -> {
                owner = registered.tenant();
                registeredAt = registered.registeredAt();
            }
            case WebhookDisabled _ -> disabled = true;
            case WebhookRemoved _ -> owner = null;
        }
    }
}
