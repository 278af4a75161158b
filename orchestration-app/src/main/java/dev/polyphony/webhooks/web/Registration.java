package dev.polyphony.webhooks.web;

import dev.polyphony.outbound.OutboundPolicy;
import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.TenantId;
import dev.polyphony.webhooks.PublishedEvents;
import dev.polyphony.webhooks.RegisteredWebhook;
import dev.polyphony.webhooks.SigningSecret;
import dev.polyphony.webhooks.SigningSecrets;
import dev.polyphony.webhooks.Subscription;
import dev.polyphony.webhooks.WebhookEndpointCommand.RegisterWebhook;
import dev.polyphony.webhooks.WebhookEndpointId;
import dev.polyphony.webhooks.WebhookProblem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Registers an endpoint together with its secret, which no event may carry. */
@Component
class Registration {
    private static final String URL_RULE = "an absolute http or https URL, such as https://your-app.com/amas-webhook";
    private static final String EVENTS_RULE = "a list of event names";
    private static final int SHOWN = 100;

    private final CommandGateway commands;
    private final SigningSecrets secrets;
    private final OutboundPolicy outbound;
    private final PublishedEvents published;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Registration(
            CommandGateway commands,
            SigningSecrets secrets,
            OutboundPolicy outbound,
            PublishedEvents published,
            Clock clock) {
        this.commands = commands;
        this.secrets = secrets;
        this.outbound = outbound;
        this.published = published;
        this.clock = clock;
    }

    /**
     * An endpoint to register.
     *
     * @param url where events are posted: an absolute {@code http} or {@code https} URL of at most 2048 characters, at an address that may
     *     be called
     * @param events 1 to 50 names of events, or {@code *} for all of them
     * @param secret what deliveries are signed with, 8 to 256 characters: {@code whsec_} with base64 behind it, or any other text; a random
     *     one when absent
     */
    @Schema(name = "WebhookRegistration")
    record Body(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = RegisterWebhook.MAX_URL) @Nullable
            String url,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            List<@Nullable String> events,

            @Schema(minLength = 8, maxLength = 256) @Nullable
            String secret) {}

    /**
     * A registered endpoint with its signing secret, which is shown this once.
     *
     * @param id names the endpoint
     * @param url where events are posted
     * @param events the names of the events it gets
     * @param secret what deliveries are signed with, in the form {@code whsec_} with base64 behind it
     * @param status {@code active}
     * @param createdAt when it was registered
     */
    @Schema(name = "WebhookRegistered")
    record Reply(WebhookEndpointId id, URI url, List<String> events, String secret, String status, Instant createdAt) {}

    // The secret first: an endpoint without one could get an event that nobody can sign. When the process dies in
    // between, a secret without an endpoint is left, which the next try with the same id finds.
    Reply register(WebhookEndpointId id, TenantId tenant, Body body) {
        RegisterWebhook command = command(id, tenant, body);
        outbound.check(command.url(), "url");
        SigningSecret secret = secret(Subscription.of(command), body.secret());
        Instant registeredAt = commands.sendAndWait(command);
        return new Reply(
                command.endpointId(),
                command.url(),
                command.events(),
                secret.text(),
                RegisteredWebhook.ACTIVE,
                registeredAt);
    }

    private SigningSecret secret(Subscription subscription, @Nullable String chosen) {
        if (chosen != null) {
            return stored(subscription, SigningSecret.of(chosen));
        }
        return secrets.find(subscription).orElseGet(() -> stored(subscription, SigningSecret.random(random)));
    }

    private SigningSecret stored(Subscription subscription, SigningSecret secret) {
        secrets.store(subscription, secret);
        return secret;
    }

    private RegisterWebhook command(WebhookEndpointId id, TenantId tenant, Body body) {
        return new RegisterWebhook(
                id,
                tenant,
                url(body.url()),
                published.check(names(body.events())),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private static URI url(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw refusal("the url is missing", "url", text, URL_RULE);
        }
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException _) {
            String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
            throw refusal("the url '" + shown + "' is not a URL", "url", shown, URL_RULE);
        }
    }

    private static List<String> names(@Nullable List<@Nullable String> events) {
        if (events == null) {
            throw refusal("the events are missing", "events", null, EVENTS_RULE);
        }
        return events.stream().map(String::valueOf).toList();
    }

    private static Rejection refusal(String sentence, String field, @Nullable String provided, String expected) {
        return WebhookProblem.WEBHOOK_INVALID
                .because(sentence + "; give " + expected)
                .about(field, provided, expected);
    }
}
