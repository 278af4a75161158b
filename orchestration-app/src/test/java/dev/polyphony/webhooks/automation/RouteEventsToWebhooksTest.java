package dev.polyphony.webhooks.automation;

import static dev.polyphony.webhooks.WebhookExamples.ACME;
import static dev.polyphony.webhooks.WebhookExamples.ENDPOINT;
import static dev.polyphony.webhooks.WebhookExamples.webhookDisabled;
import static dev.polyphony.webhooks.WebhookExamples.webhookRegistered;
import static dev.polyphony.webhooks.WebhookExamples.webhookRemoved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.eventstore.EventNames;
import dev.polyphony.eventstore.NamedEventSerializer;
import dev.polyphony.eventstore.crypto.EncryptedJson;
import dev.polyphony.privacy.store.RememberedKeys;
import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.shared.TenantId;
import dev.polyphony.webhooks.Deliveries;
import dev.polyphony.webhooks.DeliveryQueue;
import dev.polyphony.webhooks.Payloads.Payload;
import dev.polyphony.webhooks.PublishedEvents;
import dev.polyphony.webhooks.SigningSecret;
import dev.polyphony.webhooks.SigningSecrets;
import dev.polyphony.webhooks.Subscription;
import dev.polyphony.webhooks.WebhookEndpointEvent.WebhookRegistered;
import dev.polyphony.webhooks.WebhookEndpointId;
import dev.polyphony.webhooks.delivery.DeliveryLoop;
import dev.polyphony.webhooks.delivery.DeliveryOptions;
import dev.polyphony.webhooks.delivery.DeliveryOutcomes;
import dev.polyphony.webhooks.delivery.DeliveryWorker;
import dev.polyphony.webhooks.delivery.RetrySchedule;
import dev.polyphony.webhooks.delivery.WebhookSender;
import dev.polyphony.workflows.WorkflowRunEvent.WorkflowCompleted;
import dev.polyphony.workflows.WorkflowRunExamples;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import okhttp3.OkHttpClient;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RouteEventsToWebhooksTest {
    private static final Instant OCCURRED_AT = Instant.parse("2026-01-01T00:00:00Z");

    private static final WorkflowCompleted COMPLETED = new WorkflowCompleted(WorkflowRunExamples.RUN);

    private final RecordingQueue queue = new RecordingQueue();
    private final RecordingSecrets secrets = new RecordingSecrets();
    private final IdleDeliveries deliveries = new IdleDeliveries();
    private final DeliveryLoop loop = loop();
    private final AnnotationEventHandlerAdapter router = new AnnotationEventHandlerAdapter(new RouteEventsToWebhooks(
            queue,
            secrets,
            new NamedEventSerializer(
                    EventNames.below("dev.polyphony.workflows"), new EncryptedJson(new RememberedKeys())),
            loop,
            PublishedEvents.of(EventNames.below("dev.polyphony.workflows").published())));

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void owesAPublishedEventToItsTenantAsItIsStored() throws Exception {
        hear(COMPLETED, Map.of(MessageOrigin.TENANT, "acme"));

        assertThat(queue.tenants).containsExactly(ACME);
        assertThat(queue.events)
                .containsExactly(new DeliveryQueue.PublishedEvent(
                        "e-1", 42, "workflow.completed", OCCURRED_AT, "{\"workflow_id\":\"review-1\"}"));
    }

    @Test
    void keepsWhatIsPersonalEncryptedUntilItIsSent() throws Exception {
        hear(WorkflowRunExamples.lookCompleted(), Map.of(MessageOrigin.TENANT, "acme"));

        assertThat(queue.events.getFirst().json()).contains("@encrypted").doesNotContain("Long.java");
    }

    @Test
    void keepsInternalEventsAndEventsOfNobodyToItself() throws Exception {
        hear(WorkflowRunExamples.lookQueued(), Map.of(MessageOrigin.TENANT, "acme"));
        hear(COMPLETED, Map.of());

        assertThat(queue.events).isEmpty();
    }

    @Test
    void opensAndClosesEndpointsInTheOrderOfTheHistory() throws Exception {
        hear(webhookRegistered(), Map.of(MessageOrigin.TENANT, "acme"));
        assertThat(queue.subscribed).containsExactly(ENDPOINT);

        hear(webhookRemoved(), Map.of(MessageOrigin.TENANT, "acme"));
        assertThat(queue.closed).containsExactly(ENDPOINT);
        assertThat(secrets.deleted).containsExactly(ENDPOINT);
    }

    @Test
    void closesADisabledEndpointAndKeepsItsSecret() throws Exception {
        hear(webhookDisabled(), Map.of(MessageOrigin.TENANT, "acme"));

        assertThat(queue.closed).containsExactly(ENDPOINT);
        assertThat(secrets.deleted).isEmpty();
    }

    @Test
    void isNotPartOfAReplay() {
        assertThat(router.supportsReset()).isFalse();
    }

    private void hear(Object payload, Map<String, String> metadata) throws Exception {
        EventMessage<Object> event = new GenericEventMessage<>("e-1", payload, metadata, OCCURRED_AT);
        EventMessage<Object> tracked = new GenericTrackedEventMessage<>(new GlobalSequenceTrackingToken(42), event);
        DefaultUnitOfWork<EventMessage<Object>> work = DefaultUnitOfWork.startAndGet(tracked);
        if (router.canHandle(tracked)) {
            router.handle(tracked);
        }
        work.commit();
    }

    private DeliveryLoop loop() {
        WebhookSender sender = new WebhookSender(new OkHttpClient(), Duration.ofSeconds(1), "test", Clock.systemUTC());
        DeliveryWorker worker = new DeliveryWorker(
                claim -> new Payload(claim.json(), false),
                secrets,
                sender,
                new DeliveryOutcomes(
                        deliveries, new RetrySchedule(RetrySchedule.STANDARD, new SplittableRandom(1)), _ -> {}));
        return new DeliveryLoop(
                deliveries,
                worker,
                new DeliveryOptions(1, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)));
    }

    private static final class RecordingQueue implements DeliveryQueue {
        final List<WebhookEndpointId> subscribed = new ArrayList<>();
        final List<WebhookEndpointId> closed = new ArrayList<>();
        final List<TenantId> tenants = new ArrayList<>();
        final List<PublishedEvent> events = new ArrayList<>();

        @Override
        public void subscribe(WebhookRegistered registration) {
            subscribed.add(registration.endpointId());
        }

        @Override
        public void unsubscribe(WebhookEndpointId endpointId) {
            closed.add(endpointId);
        }

        @Override
        public int enqueue(TenantId tenant, PublishedEvent event) {
            tenants.add(tenant);
            events.add(event);
            return 1;
        }
    }

    private static final class RecordingSecrets implements SigningSecrets {
        final List<WebhookEndpointId> deleted = new ArrayList<>();

        @Override
        public void store(Subscription subscription, SigningSecret secret) {
            throw new UnsupportedOperationException("the router stores no secrets");
        }

        @Override
        public Optional<SigningSecret> find(Subscription subscription) {
            return Optional.empty();
        }

        @Override
        public void delete(WebhookEndpointId endpointId) {
            deleted.add(endpointId);
        }
    }

    private static final class IdleDeliveries implements Deliveries {
        @Override
        public List<Claim> claim(int limit, Duration lease) {
            return List.of();
        }

        @Override
        public void delivered(Claim claim, Attempt attempt) {}

        @Override
        public void retry(Claim claim, Attempt attempt, Duration wait) {}

        @Override
        public void giveUp(Claim claim, Attempt attempt) {}

        @Override
        public Optional<Duration> untilNextDue() {
            return Optional.empty();
        }
    }
}
