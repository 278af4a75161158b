package dev.polyphony.webhooks;

import dev.polyphony.webhooks.WebhookEndpointCommand.RegisterWebhook;
import java.util.List;

/**
 * Who is sent which events, and where. As it is read from a table anybody may have written it: it counts only when it is what
 * the endpoint's secret was encrypted for ({@link SigningSecrets}).
 *
 * @param tenant whose events are sent
 * @param events names, or {@link PublishedEvents#ALL}
 */
public record Subscription(WebhookEndpointId endpointId, String tenant, String url, List<String> events) {
    public Subscription {
        events = List.copyOf(events);
    }

    /** What is about to be registered. */
    public static Subscription of(RegisterWebhook command) {
        return new Subscription(
                command.endpointId(), command.tenant().value(), command.url().toString(), command.events());
    }

    /** Whether an event of a tenant belongs to it. */
    public boolean includes(String eventTenant, String eventName) {
        return tenant.equals(eventTenant) && (events.contains(eventName) || events.contains(PublishedEvents.ALL));
    }
}
