package dev.polyphony.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.webhooks.Deliveries.Attempt;
import dev.polyphony.webhooks.Deliveries.Claim;
import dev.polyphony.webhooks.DeliveryId;
import dev.polyphony.webhooks.DeliveryQueries.State;
import dev.polyphony.webhooks.Payloads.Payload;
import dev.polyphony.webhooks.SigningSecret;
import dev.polyphony.webhooks.SigningSecrets;
import dev.polyphony.webhooks.Subscription;
import dev.polyphony.webhooks.UnverifiedSubscription;
import dev.polyphony.webhooks.WebhookEndpointId;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryLoopTest {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);
    private static final WebhookEndpointId ENDPOINT = new WebhookEndpointId(UUID.randomUUID());
    private static final WebhookEndpointId OTHER = new WebhookEndpointId(UUID.randomUUID());
    private static final WebhookEndpointId WITHOUT_SECRET = new WebhookEndpointId(UUID.randomUUID());
    private static final WebhookEndpointId CHANGED = new WebhookEndpointId(UUID.randomUUID());
    private static final WebhookEndpointId ENCRYPTED_FOR_ANOTHER = new WebhookEndpointId(UUID.randomUUID());

    private final MockWebServer receiver = new MockWebServer();
    private final RememberedDeliveries deliveries = new RememberedDeliveries();
    private final Queue<WebhookEndpointId> gone = new ConcurrentLinkedQueue<>();
    private final DeliveryWorker worker = worker();
    private final DeliveryLoop loop = new DeliveryLoop(
            deliveries,
            worker,
            new DeliveryOptions(8, Duration.ofSeconds(30), Duration.ofMillis(50), Duration.ofMillis(100)));

    @BeforeEach
    void start() throws IOException {
        receiver.start();
    }

    @AfterEach
    void stop() {
        loop.close();
        receiver.close();
    }

    @Test
    void triesAgainUntilTheReceiverAccepts() {
        answers(500, 503, 200);
        DeliveryId delivery = deliveries.enqueue(ENDPOINT, url());
        loop.start();

        await().until(() -> deliveries.state(delivery) == State.DELIVERED);
        assertThat(deliveries.attempts(delivery)).isEqualTo(3);
        List<String> ids =
                IntStream.range(0, 3).mapToObj(_ -> nextId()).distinct().toList();
        assertThat(ids).containsExactly("msg_" + delivery);
    }

    @Test
    void givesUpAfterTheLastAttemptAndSaysWhy() {
        answers(500, 500, 418);
        DeliveryId delivery = deliveries.enqueue(ENDPOINT, url());
        loop.start();

        await().until(() -> deliveries.state(delivery) == State.FAILED);
        assertThat(deliveries.lastAttempt(delivery)).extracting(Attempt::error).isEqualTo("the receiver answered 418");
        assertThat(receiver.getRequestCount()).isEqualTo(3);
    }

    @Test
    void asksAReceiverThatIsGoneNeverAgain() {
        answers(410);
        DeliveryId delivery = deliveries.enqueue(ENDPOINT, url());
        loop.start();

        await().until(() -> gone.contains(ENDPOINT));
        assertThat(deliveries.state(delivery)).isEqualTo(State.FAILED);
        assertThat(deliveries.lastAttempt(delivery))
                .extracting(Attempt::statusCode)
                .isEqualTo(410);
        assertThat(receiver.getRequestCount()).isEqualTo(1);
    }

    @Test
    void noticesWhatBecomesDueWhenItIsWoken() {
        loop.start();
        answers(200);
        DeliveryId delivery = deliveries.enqueue(ENDPOINT, url());
        loop.wake();
        await().until(() -> deliveries.state(delivery) == State.DELIVERED);
    }

    @Test
    void deliversToAnEndpointInOrder() {
        answers(IntStream.generate(() -> 200).limit(20).toArray());
        List<DeliveryId> owed = IntStream.range(0, 20)
                .mapToObj(_ -> deliveries.enqueue(ENDPOINT, url()))
                .toList();
        loop.start();

        await().until(() -> owed.stream().allMatch(id -> deliveries.state(id) == State.DELIVERED));
        assertThat(owed.stream().map(_ -> nextId()))
                .containsExactlyElementsOf(owed.stream().map(id -> "msg_" + id).toList());
    }

    @Test
    void doesNotLetAHungReceiverHoldUpAnother() throws IOException {
        try (MockWebServer hung = new MockWebServer()) {
            hung.start();
            hung.enqueue(new MockResponse.Builder()
                    .onResponseStart(SocketEffect.Stall.INSTANCE)
                    .build());
            DeliveryId stuck = deliveries.enqueue(OTHER, hung.url("/").uri());
            deliveries.enqueue(OTHER, hung.url("/").uri());
            DeliveryId delivery = deliveries.enqueue(ENDPOINT, url());
            answers(200);
            loop.start();

            await().until(() -> deliveries.state(delivery) == State.DELIVERED);
            await().until(() -> hung.getRequestCount() == 1);
            assertThat(deliveries.state(stuck)).isEqualTo(State.PENDING);
        }
    }

    @Test
    void sendsLaterDeliveriesWhileAnEarlierOneWaitsForItsNextAttempt() {
        answers(429, 200);
        DeliveryId failing = deliveries.enqueue(ENDPOINT, url());
        DeliveryId later = deliveries.enqueue(ENDPOINT, url());
        loop.start();

        await().until(() -> deliveries.state(later) == State.DELIVERED);
        assertThat(deliveries.state(failing)).isEqualTo(State.PENDING);
    }

    @Test
    void outlivesADatabaseThatGoesAway() {
        deliveries.failNextClaims(3);
        answers(200);
        DeliveryId delivery = deliveries.enqueue(ENDPOINT, url());
        loop.start();
        await().until(() -> deliveries.state(delivery) == State.DELIVERED);
    }

    @Test
    void failsADeliveryWhoseSecretIsGone() {
        DeliveryId delivery = deliveries.enqueue(WITHOUT_SECRET, url());
        loop.start();
        await().until(() -> deliveries.state(delivery) == State.FAILED);
        assertThat(deliveries.lastAttempt(delivery))
                .extracting(Attempt::error)
                .asString()
                .contains("not what was registered");
        assertThat(worker.refused()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"other, workflow.completed", "acme, workflow.failed", "acme, budget.exhausted"})
    void refusesADeliveryThatTheSubscriptionDoesNotAskFor(String tenant, String eventName) {
        DeliveryId delivery = deliveries.enqueue(ENDPOINT, url());
        Claim claim = deliveries.claim(1, Duration.ofMinutes(1)).getFirst();

        worker.deliver(new Claim(
                claim.deliveryId(),
                claim.subscription(),
                tenant,
                claim.token(),
                claim.attempt(),
                eventName,
                claim.occurredAt(),
                claim.json()));

        assertThat(deliveries.lastAttempt(delivery))
                .extracting(Attempt::error)
                .asString()
                .contains("not what was registered");
        assertThat(worker.refused()).isEqualTo(1);
        assertThat(receiver.getRequestCount()).isZero();
    }

    @Test
    void refusesADeliveryWhoseSubscriptionWasChangedAndNoOther() {
        answers(200);
        DeliveryId changed = deliveries.enqueue(CHANGED, url());
        DeliveryId good = deliveries.enqueue(ENDPOINT, url());
        loop.start();

        await().until(() -> deliveries.state(changed) == State.FAILED && deliveries.state(good) == State.DELIVERED);
        assertThat(worker.refused()).isEqualTo(3);
        assertThat(receiver.getRequestCount()).isEqualTo(1);
    }

    @Test
    void failsADeliveryThatCannotBeOpenedAndNoOther() {
        answers(200);
        DeliveryId broken = deliveries.enqueue(ENCRYPTED_FOR_ANOTHER, url());
        DeliveryId good = deliveries.enqueue(ENDPOINT, url());
        loop.start();

        await().until(() -> deliveries.state(broken) == State.FAILED && deliveries.state(good) == State.DELIVERED);
        assertThat(receiver.getRequestCount()).isEqualTo(1);
    }

    @Test
    void leavesACallThatIsCutByShutdownToItsLease() {
        receiver.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        DeliveryId delivery = deliveries.enqueue(ENDPOINT, url());
        loop.start();
        await().until(() -> receiver.getRequestCount() == 1);

        loop.close();

        assertThat(deliveries.state(delivery)).isEqualTo(State.PENDING);
        assertThat(deliveries.lastAttempt(delivery)).isNull();
    }

    private void answers(int... codes) {
        for (int code : codes) {
            MockResponse.Builder answer = new MockResponse.Builder().code(code);
            receiver.enqueue(code == 429 ? answer.addHeader("Retry-After", 3600).build() : answer.build());
        }
    }

    private URI url() {
        return receiver.url("/hook").uri();
    }

    private String nextId() {
        try {
            return String.valueOf(receiver.takeRequest().getHeaders().get("webhook-id"));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private DeliveryWorker worker() {
        WebhookSender sender =
                new WebhookSender(new OkHttpClient(), CALL_TIMEOUT, "Polyphony-Webhooks/test", Clock.systemUTC());
        List<Duration> waits = List.of(Duration.ofMillis(20), Duration.ofMillis(20));
        return new DeliveryWorker(
                DeliveryLoopTest::open,
                new OneSecret(),
                sender,
                new DeliveryOutcomes(
                        deliveries,
                        new RetrySchedule(waits, new SplittableRandom(1)),
                        claim -> gone.add(claim.endpointId())));
    }

    private static Payload open(Claim claim) {
        if (claim.endpointId().equals(ENCRYPTED_FOR_ANOTHER)) {
            throw new IllegalStateException("it cannot be decrypted");
        }
        return new Payload(claim.json(), false);
    }

    private static final class OneSecret implements SigningSecrets {
        @Override
        public void store(Subscription subscription, SigningSecret secret) {
            throw new UnsupportedOperationException("tests do not store secrets");
        }

        @Override
        public Optional<SigningSecret> find(Subscription subscription) {
            if (subscription.endpointId().equals(CHANGED)) {
                throw new UnverifiedSubscription(CHANGED, new GeneralSecurityException("in a test"));
            }
            return subscription.endpointId().equals(WITHOUT_SECRET) ? Optional.empty() : Optional.of(Claims.SECRET);
        }

        @Override
        public void delete(WebhookEndpointId endpointId) {
            throw new UnsupportedOperationException("tests do not delete secrets");
        }
    }
}
