package dev.polyphony.webhooks.store;

import static dev.polyphony.webhooks.WebhookExamples.ACME;
import static dev.polyphony.webhooks.WebhookExamples.ENDPOINT;
import static dev.polyphony.webhooks.WebhookExamples.EVENTS;
import static dev.polyphony.webhooks.WebhookExamples.OTHER_TENANT;
import static dev.polyphony.webhooks.WebhookExamples.REGISTERED_AT;
import static dev.polyphony.webhooks.WebhookExamples.URL;
import static dev.polyphony.webhooks.WebhookExamples.webhookDisabled;
import static dev.polyphony.webhooks.WebhookExamples.webhookRegistered;
import static dev.polyphony.webhooks.WebhookExamples.webhookRemoved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.webhooks.RegisteredWebhook;
import dev.polyphony.webhooks.WebhookCursor;
import dev.polyphony.webhooks.WebhookEndpointEvent.WebhookRegistered;
import dev.polyphony.webhooks.WebhookEndpointId;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class WebhookDirectoryTest {
    private static final RegisteredWebhook REGISTERED =
            new RegisteredWebhook(ENDPOINT, URL, EVENTS, "active", null, REGISTERED_AT);

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
        assertThat(directory.list(ACME, null, 10)).containsExactly(REGISTERED);
        assertThat(directory.find(OTHER_TENANT, ENDPOINT)).isEmpty();
        assertThat(directory.list(OTHER_TENANT, null, 10)).isEmpty();
    }

    @Test
    void saysWhyAnEndpointIsDisabled() {
        directory.on(webhookRegistered());
        directory.on(webhookDisabled());

        assertThat(directory.find(ACME, ENDPOINT)).get().satisfies(endpoint -> {
            assertThat(endpoint.status()).isEqualTo("disabled");
            assertThat(endpoint.statusReason()).isEqualTo(webhookDisabled().reason());
        });
    }

    @Test
    void forgetsARemovedEndpoint() {
        directory.on(webhookRegistered());
        directory.on(webhookRemoved());
        assertThat(directory.list(ACME, null, 10)).isEmpty();
    }

    @Test
    void survivesHearingTwiceAndBeingRebuilt() {
        directory.on(webhookRegistered());
        directory.on(webhookRegistered());
        assertThat(directory.list(ACME, null, 10)).hasSize(1);

        directory.reset();
        assertThat(directory.list(ACME, null, 10)).isEmpty();
        directory.on(webhookRegistered());
        assertThat(directory.list(ACME, null, 10)).containsExactly(REGISTERED);
    }

    @Test
    void listsInPagesThatLeaveNothingOutAndRepeatNothing() {
        List<RegisteredWebhook> all = IntStream.range(0, 7)
                .mapToObj(i -> new WebhookRegistered(
                        new WebhookEndpointId(new UUID(0, 7 - i)),
                        ACME,
                        URI.create("https://hooks.example/" + i),
                        List.of("*"),
                        Instant.parse("2026-01-31T12:00:00.001Z").plusMillis(i / 3)))
                .peek(directory::on)
                .map(each -> directory.find(ACME, each.endpointId()).orElseThrow())
                .toList();

        List<RegisteredWebhook> listed = new ArrayList<>();
        List<RegisteredWebhook> page = directory.list(ACME, null, 2);
        while (!page.isEmpty()) {
            listed.addAll(page);
            page = directory.list(
                    ACME,
                    WebhookCursor.parse(WebhookCursor.after(page.getLast()).toString())
                            .orElseThrow(),
                    2);
        }

        assertThat(listed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
        assertThat(listed)
                .isSortedAccordingTo(Comparator.comparing(RegisteredWebhook::createdAt)
                        .thenComparing(each -> each.id().toString()));
    }
}
