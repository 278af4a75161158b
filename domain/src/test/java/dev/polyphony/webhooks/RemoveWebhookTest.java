package dev.polyphony.webhooks;

import static dev.polyphony.webhooks.WebhookExamples.ACME;
import static dev.polyphony.webhooks.WebhookExamples.ENDPOINT;
import static dev.polyphony.webhooks.WebhookExamples.OTHER_TENANT;
import static dev.polyphony.webhooks.WebhookExamples.webhookRegistered;
import static dev.polyphony.webhooks.WebhookExamples.webhookRemoved;

import dev.polyphony.shared.Rejection;
import dev.polyphony.shared.TenantId;
import dev.polyphony.webhooks.WebhookEndpointCommand.RemoveWebhook;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.TestExecutor;
import org.junit.jupiter.api.Test;

class RemoveWebhookTest {
    private final AggregateTestFixture<WebhookEndpoint> endpoint = new AggregateTestFixture<>(WebhookEndpoint.class);

    @Test
    void removesARegisteredEndpoint() {
        endpoint.given(webhookRegistered()).when(removeAs(ACME)).expectEvents(webhookRemoved());
    }

    @Test
    void knowsNoEndpointThatWasNeverRegistered() {
        refusesAsUnknown(endpoint.givenNoPriorActivity(), ACME);
    }

    @Test
    void knowsNoEndpointOfAnotherTenant() {
        refusesAsUnknown(endpoint.given(webhookRegistered()), OTHER_TENANT);
    }

    @Test
    void knowsNoEndpointThatWasRemoved() {
        refusesAsUnknown(endpoint.given(webhookRegistered(), webhookRemoved()), ACME);
    }

    private static void refusesAsUnknown(TestExecutor<WebhookEndpoint> history, TenantId tenant) {
        history.when(removeAs(tenant))
                .expectNoEvents()
                .expectException(Rejection.class)
                .expectExceptionMessage(
                        "there is no webhook " + ENDPOINT + "; GET /api/v1/webhooks lists those that are registered");
    }

    private static RemoveWebhook removeAs(TenantId tenant) {
        return new RemoveWebhook(ENDPOINT, tenant);
    }
}
