package dev.polyphony.webhooks.automation;

import dev.polyphony.eventstore.EventNames;
import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.TenantId;
import dev.polyphony.webhooks.DeliveryQueue;
import dev.polyphony.webhooks.DeliveryQueue.PublishedEvent;
import dev.polyphony.webhooks.PublishedEvents;
import dev.polyphony.webhooks.SigningSecrets;
import dev.polyphony.webhooks.WebhookEndpointEvent.WebhookDisabled;
import dev.polyphony.webhooks.WebhookEndpointEvent.WebhookRegistered;
import dev.polyphony.webhooks.WebhookEndpointEvent.WebhookRemoved;
import dev.polyphony.webhooks.delivery.DeliveryLoop;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.serialization.Serializer;
import org.springframework.stereotype.Component;

/**
 * Queues every published event for the endpoints that are subscribed at that point of the history. What it writes commits
 * together with its own position, so nothing is lost or queued twice, whenever the process dies.
 */
@Component
@DisallowReplay
@ProcessingGroup(RouteEventsToWebhooks.GROUP)
public class RouteEventsToWebhooks {
    public static final String GROUP = "webhook-router";

    private final DeliveryQueue queue;
    private final SigningSecrets secrets;
    private final Serializer json;
    private final DeliveryLoop loop;
    private final PublishedEvents published;

    RouteEventsToWebhooks(
            DeliveryQueue queue,
            SigningSecrets secrets,
            Serializer json,
            DeliveryLoop loop,
            PublishedEvents published) {
        this.queue = queue;
        this.secrets = secrets;
        this.json = json;
        this.loop = loop;
        this.published = published;
    }

    @EventHandler
    void on(WebhookRegistered registered) {
        queue.subscribe(registered);
    }

    @EventHandler
    void on(WebhookDisabled disabled) {
        queue.unsubscribe(disabled.endpointId());
    }

    @EventHandler
    void on(WebhookRemoved removed) {
        queue.unsubscribe(removed.endpointId());
        secrets.delete(removed.endpointId());
    }

    @EventHandler
    void on(
            Object payload,
            EventMessage<?> message,
            TrackingToken token,
            @MetaDataValue(value = MessageOrigin.TENANT, required = true) String tenant) {
        String name = EventNames.nameOf(payload.getClass());
        if (published.contains(name)) {
            route(new TenantId(tenant), published(name, message, token));
        }
    }

    private PublishedEvent published(String name, EventMessage<?> message, TrackingToken token) {
        return new PublishedEvent(
                message.getIdentifier(),
                token.position().orElseThrow(),
                name,
                message.getTimestamp(),
                message.serializePayload(json, String.class).getData());
    }

    private void route(TenantId tenant, PublishedEvent event) {
        if (queue.enqueue(tenant, event) > 0) {
            CurrentUnitOfWork.get().root().afterCommit(_ -> loop.wake());
        }
    }
}
