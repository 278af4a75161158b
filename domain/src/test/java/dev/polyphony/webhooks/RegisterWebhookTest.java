package dev.polyphony.webhooks;

import dev.polyphony.shared.Rejection;
import dev.polyphony.webhooks.WebhookEndpointCommand.RegisterWebhook;
import static dev.polyphony.webhooks.WebhookExamples.ACME;
import static dev.polyphony.webhooks.WebhookExamples.ENDPOINT;
import static dev.polyphony.webhooks.WebhookExamples.REGISTERED_AT;
import static dev.polyphony.webhooks.WebhookExamples.URL;
import static dev.polyphony.webhooks.WebhookExamples.registerWebhook;
import static dev.polyphony.webhooks.WebhookExamples.webhookRegistered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Collections;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegisterWebhookTest {
    private final AggregateTestFixture<WebhookEndpoint> endpoint = new AggregateTestFixture<>(WebhookEndpoint.class);

    @Test
    void registersAnEndpoint() {
        endpoint.givenNoPriorActivity().when(registerWebhook()).expectEvents(webhookRegistered());
    }

    @Test
    void countsARepeatedNameOnce() {
        assertThat(registering("task.failed", "task.failed").events()).containsExactly("task.failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"workflow.started", "task.progress", "system.alert", "*"})
    void acceptsEveryDocumentedName(String name) {
        assertThat(registering(name).events()).containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"workflow.exploded", "webhook.registered", "task.*", ""})
    void refusesAnyOtherNameAndListsTheAcceptedOnes(String name) {
        assertThatThrownBy(() -> registering("task.failed", name))
                .isInstanceOf(Rejection.class)
                .hasMessageContaining("'" + name + "'")
                .hasMessageContaining("workflow.step.completed");
    }

    @Test
    void refusesNoEventsAndTooMany() {
        assertThatThrownBy(this::registering).isInstanceOf(Rejection.class).hasMessageContaining("not 0");
        assertThatThrownBy(
                        () -> registering(Collections.nCopies(51, "task.failed").toArray(String[]::new)))
                .isInstanceOf(Rejection.class)
                .hasMessageContaining("not 51");
    }

    @Test
    void refusesAUrlOfMoreThan2048Characters() {
        URI longUrl = URI.create("https://your-app.com/" + "a".repeat(2028));
        assertThatThrownBy(() -> new RegisterWebhook(ENDPOINT, ACME, longUrl, List.of("*"), REGISTERED_AT))
                .isInstanceOf(Rejection.class)
                .hasMessageContaining("2049");
    }

    private RegisterWebhook registering(String... events) {
        return new RegisterWebhook(ENDPOINT, ACME, URL, List.of(events), REGISTERED_AT);
    }
}
