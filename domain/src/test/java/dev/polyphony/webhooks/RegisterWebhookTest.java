package dev.polyphony.webhooks;

import static dev.polyphony.webhooks.WebhookExamples.ACME;
import static dev.polyphony.webhooks.WebhookExamples.ENDPOINT;
import static dev.polyphony.webhooks.WebhookExamples.EVENTS;
import static dev.polyphony.webhooks.WebhookExamples.REGISTERED_AT;
import static dev.polyphony.webhooks.WebhookExamples.URL;
import static dev.polyphony.webhooks.WebhookExamples.registerWebhook;
import static dev.polyphony.webhooks.WebhookExamples.webhookRegistered;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.shared.Rejection;
import dev.polyphony.webhooks.WebhookEndpointCommand.RegisterWebhook;
import java.net.URI;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

class RegisterWebhookTest {
    private final AggregateTestFixture<WebhookEndpoint> endpoint = new AggregateTestFixture<>(WebhookEndpoint.class);

    @Test
    void registersAnEndpoint() {
        endpoint.givenNoPriorActivity().when(registerWebhook()).expectEvents(webhookRegistered());
    }

    @Test
    void changesNothingWhenItIsRegisteredAgainAndSaysWhenItWas() {
        RegisterWebhook later = new RegisterWebhook(ENDPOINT, ACME, URL, EVENTS, REGISTERED_AT.plusSeconds(9));

        endpoint.given(webhookRegistered()).when(later).expectNoEvents().expectResultMessagePayload(REGISTERED_AT);
    }

    @Test
    void refusesAUrlOfMoreThan2048Characters() {
        URI longUrl = URI.create("https://your-app.com/" + "a".repeat(2028));
        assertThatThrownBy(() -> new RegisterWebhook(ENDPOINT, ACME, longUrl, List.of("*"), REGISTERED_AT))
                .isInstanceOf(Rejection.class)
                .hasMessageContaining("2049");
    }
}
