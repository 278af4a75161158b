package dev.polyphony.webhooks;

import dev.polyphony.shared.TenantId;
import dev.polyphony.webhooks.WebhookEndpointEvent.WebhookRegistered;
import java.time.Instant;

/**
 * What the router writes: who is subscribed, and what is to be delivered to them. Every method may be called again with the same
 * arguments without effect, and joins the transaction of its caller, so that it commits with the router's position.
 */
public interface DeliveryQueue {
    /** From the next event on, the endpoint gets what it subscribed to. */
    void subscribe(WebhookRegistered registration);

    /** Ends the subscription and cancels every delivery that is still pending. */
    void unsubscribe(WebhookEndpointId endpointId);

    /**
     * Queues the event for every endpoint of the tenant that is subscribed to its name, due at once.
     *
     * @return how many deliveries are new
     */
    int enqueue(TenantId tenant, PublishedEvent event);

    /**
     * An event of any context.
     *
     * @param id the event's identifier in the history
     * @param position its place in the history; grows from event to event
     * @param name its stable name, such as {@code workflow.completed}
     * @param json its payload as it is stored in the history, with what is personal encrypted
     */
    record PublishedEvent(String id, long position, String name, Instant occurredAt, String json) {}
}
