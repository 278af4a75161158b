package dev.polyphony.webhooks.store;

import static dev.polyphony.webhooks.WebhookExamples.ACME;
import static dev.polyphony.webhooks.WebhookExamples.ENDPOINT;
import static dev.polyphony.webhooks.WebhookExamples.EVENTS;
import static dev.polyphony.webhooks.WebhookExamples.OTHER_TENANT;
import static dev.polyphony.webhooks.WebhookExamples.REGISTERED_AT;
import static dev.polyphony.webhooks.WebhookExamples.URL;
import static dev.polyphony.webhooks.WebhookExamples.webhookRegistered;
import static dev.polyphony.webhooks.WebhookExamples.webhookRemoved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.webhooks.RegisteredWebhook;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class WebhookDirectoryTest {
    private static final RegisteredWebhook REGISTERED =
            new RegisteredWebhook(ENDPOINT, URL, EVENTS, "active", REGISTERED_AT);

    private final JooqWebhookDirectory directory;

    WebhookDirectoryTest(DSLContext sql) {
        directory = new JooqWebhookDirectory(sql, new ReadYourWrites((_, _) -> true));
    }

    @BeforeEach
    void empty() {
        directory.reset();
    }

    @Test
    void showsARegisteredEndpointToItsTenantOnly() {
        directory.on(webhookRegistered());

        assertThat(directory.find(ACME, ENDPOINT)).contains(REGISTERED);
        assertThat(directory.of(ACME)).containsExactly(REGISTERED);
        assertThat(directory.find(OTHER_TENANT, ENDPOINT)).isEmpty();
        assertThat(directory.of(OTHER_TENANT)).isEmpty();
    }

    @Test
    void forgetsARemovedEndpoint() {
        directory.on(webhookRegistered());
        directory.on(webhookRemoved());
        assertThat(directory.of(ACME)).isEmpty();
    }

    @Test
    void survivesHearingTwiceAndBeingRebuilt() {
        directory.on(webhookRegistered());
        directory.on(webhookRegistered());
        assertThat(directory.of(ACME)).hasSize(1);

        directory.reset();
        assertThat(directory.of(ACME)).isEmpty();
        directory.on(webhookRegistered());
        assertThat(directory.of(ACME)).containsExactly(REGISTERED);
    }
}
