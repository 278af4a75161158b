package dev.polyphony.webhooks.web;

import dev.polyphony.identity.Caller;
import dev.polyphony.platform.openapi.ErrorCase;
import dev.polyphony.platform.security.RequiredScope;
import dev.polyphony.platform.web.Idempotent;
import dev.polyphony.platform.web.NewId;
import dev.polyphony.webhooks.DeliveryQueries;
import dev.polyphony.webhooks.RegisteredWebhook;
import dev.polyphony.webhooks.WebhookCursor;
import dev.polyphony.webhooks.WebhookDirectory;
import dev.polyphony.webhooks.WebhookEndpointCommand.RemoveWebhook;
import dev.polyphony.webhooks.WebhookEndpointId;
import dev.polyphony.webhooks.WebhookProblem;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Subscribes URLs to events and shows what was delivered to them. */
@RestController
@Tag(name = "Webhooks", description = "Endpoints that receive events, signed, and the proof of what was delivered.")
@RequestMapping("/api/v1/webhooks")
class WebhookController {
    private final CommandGateway commands;
    private final Registration registration;
    private final WebhookDirectory directory;
    private final DeliveryQueries deliveryQueries;

    WebhookController(
            CommandGateway commands,
            Registration registration,
            WebhookDirectory directory,
            DeliveryQueries deliveryQueries) {
        this.commands = commands;
        this.registration = registration;
        this.directory = directory;
        this.deliveryQueries = deliveryQueries;
    }

    /**
     * Which endpoints to list.
     *
     * @param cursor the {@code next_cursor} of the page before
     * @param limit the most endpoints, 1 to 1000; 50 when absent
     */
    record WebhookPage(
            @Nullable String cursor,

            @Nullable @Min(value = 1, message = "1 to 1000") @Max(value = 1000, message = "1 to 1000")
            Integer limit) {
        private static final int DEFAULT_LIMIT = 50;
        private static final String CURSOR_RULE = "the next_cursor of the page before";

        int most() {
            return limit == null ? DEFAULT_LIMIT : limit;
        }

        @Nullable
        WebhookCursor after() {
            return cursor == null
                    ? null
                    : WebhookCursor.parse(cursor)
                            .orElseThrow(() -> WebhookProblem.WEBHOOK_INVALID
                                    .because("'cursor' is " + CURSOR_RULE + ", and nothing else")
                                    .about("cursor", cursor, CURSOR_RULE));
        }
    }

    /**
     * A page of endpoints.
     *
     * @param webhooks the oldest first
     * @param nextCursor send it as {@code cursor} to get the next page; null on the last page
     */
    record WebhookList(
            List<RegisteredWebhook> webhooks, @Nullable String nextCursor) {}

    /**
     * Deliveries to an endpoint.
     *
     * @param deliveries the newest event first
     */
    record DeliveryList(List<DeliveryQueries.DeliveryView> deliveries) {}

    /** Registers an endpoint for events. The reply shows the signing secret this once; every later event of the tenant is posted to the URL. */
    @PostMapping
    @Idempotent(created = "id")
    @RolesAllowed("USER")
    @RequiredScope("webhooks:write")
    @ResponseStatus(HttpStatus.CREATED)
    Registration.Reply registerWebhook(@RequestBody Registration.Body body, Caller caller, NewId newId) {
        return registration.register(new WebhookEndpointId(newId.value()), caller.tenant(), body);
    }

    /** Lists the endpoints, the oldest first. Those of the key's tenant that are not removed. */
    @GetMapping
    @RolesAllowed("USER")
    @RequiredScope("webhooks:read")
    WebhookList listWebhooks(@Valid @ParameterObject WebhookPage page, Caller caller) {
        List<RegisteredWebhook> found = directory.list(caller.tenant(), page.after(), page.most() + 1);
        boolean more = found.size() > page.most();
        List<RegisteredWebhook> webhooks = more ? found.subList(0, page.most()) : found;
        return new WebhookList(
                webhooks, more ? WebhookCursor.after(webhooks.getLast()).toString() : null);
    }

    /**
     * Shows one endpoint.
     *
     * @param id the endpoint's id, as the registration returned it
     */
    @GetMapping("/{id}")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such endpoint, or it was removed.")
    @RolesAllowed("USER")
    @RequiredScope("webhooks:read")
    RegisteredWebhook getWebhook(@PathVariable UUID id, Caller caller) {
        WebhookEndpointId endpointId = new WebhookEndpointId(id);
        return directory.find(caller.tenant(), endpointId).orElseThrow(() -> WebhookProblem.unknown(endpointId));
    }

    /**
     * Removes an endpoint. What was not delivered yet is cancelled, and the secret is destroyed.
     *
     * @param id the endpoint's id, as the registration returned it
     */
    @DeleteMapping("/{id}")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such endpoint, or it was removed.")
    @RolesAllowed("USER")
    @RequiredScope("webhooks:write")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteWebhook(@PathVariable UUID id, Caller caller) {
        commands.sendAndWait(new RemoveWebhook(new WebhookEndpointId(id), caller.tenant()));
    }

    /**
     * Lists the deliveries to an endpoint, the newest event first. Also those to one that was removed: they are proof.
     *
     * @param id the endpoint's id, as the registration returned it
     * @param limit the most deliveries, 1 to 200
     */
    @GetMapping("/{id}/deliveries")
    @ErrorCase(status = HttpStatus.NOT_FOUND, when = "There is no such endpoint, or it was removed.")
    @RolesAllowed("USER")
    @RequiredScope("webhooks:read")
    DeliveryList listDeliveries(
            @PathVariable UUID id,
            @Parameter(schema = @Schema(type = "integer", minimum = "1", maximum = "200", defaultValue = "50"))
                    @RequestParam(defaultValue = "50")
                    int limit,
            Caller caller) {
        if (limit < 1 || limit > DeliveryQueries.MAX_DELIVERIES) {
            throw WebhookProblem.WEBHOOK_INVALID
                    .because("limit is 1 to " + DeliveryQueries.MAX_DELIVERIES + ", not " + limit)
                    .about("limit", String.valueOf(limit), "1 to " + DeliveryQueries.MAX_DELIVERIES);
        }
        List<DeliveryQueries.DeliveryView> found =
                deliveryQueries.newestFirst(caller.tenant(), new WebhookEndpointId(id), limit);
        if (found.isEmpty()) {
            getWebhook(id, caller);
        }
        return new DeliveryList(found);
    }
}
