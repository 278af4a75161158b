package dev.polyphony.webhooks.web;

import dev.polyphony.identity.Caller;
import dev.polyphony.webhooks.DeliveryQueries;
import dev.polyphony.webhooks.RegisteredWebhook;
import dev.polyphony.webhooks.WebhookDirectory;
import dev.polyphony.webhooks.WebhookEndpointCommand.RemoveWebhook;
import dev.polyphony.webhooks.WebhookEndpointId;
import dev.polyphony.webhooks.WebhookProblem;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
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

    record WebhookList(List<RegisteredWebhook> webhooks) {}

    record DeliveryList(List<DeliveryQueries.DeliveryView> deliveries) {}

    @PostMapping
    @RolesAllowed("USER")
    @ResponseStatus(HttpStatus.CREATED)
    Registration.Reply register(@RequestBody Registration.Body body, Caller caller) {
        return registration.register(caller.tenant(), body);
    }

    @GetMapping
    @RolesAllowed("USER")
    WebhookList list(Caller caller) {
        return new WebhookList(directory.of(caller.tenant()));
    }

    @GetMapping("/{id}")
    @RolesAllowed("USER")
    RegisteredWebhook find(@PathVariable UUID id, Caller caller) {
        WebhookEndpointId endpointId = new WebhookEndpointId(id);
        return directory.find(caller.tenant(), endpointId).orElseThrow(() -> WebhookProblem.unknown(endpointId));
    }

    @DeleteMapping("/{id}")
    @RolesAllowed("USER")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable UUID id, Caller caller) {
        commands.sendAndWait(new RemoveWebhook(new WebhookEndpointId(id), caller.tenant()));
    }

    /** Shows the deliveries of a removed endpoint too: they are proof. */
    @GetMapping("/{id}/deliveries")
    @RolesAllowed("USER")
    DeliveryList deliveries(@PathVariable UUID id, @RequestParam(defaultValue = "50") int limit, Caller caller) {
        if (limit < 1 || limit > DeliveryQueries.MAX_DELIVERIES) {
            throw WebhookProblem.WEBHOOK_INVALID
                    .because("limit is 1 to " + DeliveryQueries.MAX_DELIVERIES + ", not " + limit)
                    .about("limit", String.valueOf(limit), "1 to " + DeliveryQueries.MAX_DELIVERIES);
        }
        List<DeliveryQueries.DeliveryView> found =
                deliveryQueries.newestFirst(caller.tenant(), new WebhookEndpointId(id), limit);
        if (found.isEmpty()) {
            find(id, caller);
        }
        return new DeliveryList(found);
    }
}
