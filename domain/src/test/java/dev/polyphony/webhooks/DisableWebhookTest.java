package dev.polyphony.webhooks;

import static dev.polyphony.webhooks.WebhookExamples.ACME;
import static dev.polyphony.webhooks.WebhookExamples.ENDPOINT;
import static dev.polyphony.webhooks.WebhookExamples.OTHER_TENANT;
import static dev.polyphony.webhooks.WebhookExamples.webhookDisabled;
import static dev.polyphony.webhooks.WebhookExamples.webhookRegistered;
import static dev.polyphony.webhooks.WebhookExamples.webhookRemoved;

import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.TenantId;
import dev.polyphony.webhooks.WebhookEndpointCommand.DisableWebhook;
import dev.polyphony.webhooks.WebhookEndpointCommand.RemoveWebhook;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

class DisableWebhookTest {
    private final AggregateTestFixture<WebhookEndpoint> endpoint = new AggregateTestFixture<>(WebhookEndpoint.class);

    @Test
    void disablesARegisteredEndpoint() {
        endpoint.given(webhookRegistered()).when(disableAs(ACME)).expectEvents(webhookDisabled());
    }

    @Test
    void leavesADisabledEndpointAsItIs() {
        endpoint.given(webhookRegistered(), webhookDisabled())
                .when(disableAs(ACME))
                .expectSuccessfulHandlerExecution()
                .expectNoEvents();
    }

    @Test
    void letsADisabledEndpointBeRemoved() {
        endpoint.given(webhookRegistered(), webhookDisabled())
                .when(new RemoveWebhook(ENDPOINT, ACME))
                .expectEvents(webhookRemoved());
    }

    @Test
    void knowsNoEndpointOfAnotherTenant() {
        endpoint.given(webhookRegistered())
                .when(disableAs(OTHER_TENANT))
                .expectNoEvents()
                .expectException(Rejection.class);
    }

    @Test
    void knowsNoEndpointThatWasRemoved() {
        endpoint.given(webhookRegistered(), webhookRemoved())
                .when(disableAs(ACME))
                .expectNoEvents()
                .expectException(Rejection.class);
    }

    private static DisableWebhook disableAs(TenantId tenant) {
        return new DisableWebhook(ENDPOINT, tenant, webhookDisabled().reason());
    }
}
