package dev.polyphony.webhooks;

import dev.polyphony.shared.TenantId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of an endpoint. */
public sealed interface WebhookEndpointCommand {
    WebhookEndpointId endpointId();

    /** Whose endpoint it is; another tenant's endpoint is as good as unknown. */
    TenantId tenant();

    /**
     * Starts sending events to a URL.
     *
     * @param url where to post; that it may be called is checked by the edge, with {@code OutboundPolicy}
     * @param events names of the events, as {@link PublishedEvents#check} returns them
     */
    record RegisterWebhook(
            @TargetAggregateIdentifier WebhookEndpointId endpointId,
            TenantId tenant,
            URI url,
            List<String> events,
            Instant registeredAt)
            implements WebhookEndpointCommand {
        public static final int MAX_URL = 2048;

        public RegisterWebhook {
            events = List.copyOf(events);
            int length = url.toString().length();
            if (length > MAX_URL) {
                throw WebhookProblem.WEBHOOK_INVALID
                        .because("the url has " + length + " characters; shorten it to at most " + MAX_URL)
                        .about("url", length + " characters", "at most " + MAX_URL + " characters");
            }
        }
    }

    /**
     * Stops sending, because the receiver says that it is gone for good, and cancels what was not delivered yet. An endpoint that is
     * disabled already stays as it is.
     *
     * @param reason for people, such as the answer of the receiver
     */
    record DisableWebhook(@TargetAggregateIdentifier WebhookEndpointId endpointId, TenantId tenant, String reason)
            implements WebhookEndpointCommand {}

    /** Stops sending and cancels what was not delivered yet. */
    record RemoveWebhook(@TargetAggregateIdentifier WebhookEndpointId endpointId, TenantId tenant)
            implements WebhookEndpointCommand {}
}
