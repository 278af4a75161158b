package dev.polyphony.webhooks.store;

import static dev.polyphony.webhooks.WebhookExamples.ACME;
import static dev.polyphony.webhooks.WebhookExamples.OTHER_TENANT;
import static dev.polyphony.webhooks.WebhookExamples.URL;
import static dev.polyphony.webhooks.WebhookExamples.webhookRegistered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.db.webhooks.Tables;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.webhooks.Deliveries.Attempt;
import dev.polyphony.webhooks.Deliveries.Claim;
import dev.polyphony.webhooks.DeliveryQueries.DeliveryView;
import dev.polyphony.webhooks.DeliveryQueries.State;
import dev.polyphony.webhooks.DeliveryQueue.PublishedEvent;
import dev.polyphony.webhooks.Subscription;
import dev.polyphony.webhooks.WebhookEndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jooq.DSLContext;
import org.jooq.types.DayToSecond;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresExtension.class)
class DeliveriesTest {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Instant OCCURRED_AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Attempt ACCEPTED = new Attempt(204, null, Duration.ofMillis(12));
    private static final Attempt REFUSED = new Attempt(500, "the receiver answered 500", Duration.ofMillis(34));

    private final DSLContext sql;
    private final JooqDeliveryQueue queue;
    private final AtomicLong nanos = new AtomicLong();
    private final JooqDeliveries deliveries;
    private final JooqDeliveries otherNode;
    private final JooqDeliveryQueries deliveryQueries;
    private final WebhookEndpointId endpoint = new WebhookEndpointId(UUID.randomUUID());

    DeliveriesTest(DSLContext sql) {
        this.sql = sql;
        queue = new JooqDeliveryQueue(sql);
        deliveries = node();
        otherNode = node();
        deliveryQueries = new JooqDeliveryQueries(sql);
    }

    @BeforeEach
    void empty() {
        sql.truncate(Tables.DELIVERY, Tables.SUBSCRIPTION).execute();
    }

    @Test
    void owesAnEventToTheSubscribedEndpointsOfItsTenant() {
        WebhookEndpointId curious = subscribed("*");
        WebhookEndpointId deaf = subscribed("task.failed");
        open(endpoint, "workflow.completed");

        assertThat(queue.enqueue(ACME, event(1))).isEqualTo(2);
        assertThat(queue.enqueue(OTHER_TENANT, event(2))).isZero();
        assertThat(entries(endpoint)).hasSize(1);
        assertThat(entries(curious)).hasSize(1);
        assertThat(entries(deaf)).isEmpty();
    }

    @Test
    void owesAnEventOnceHoweverOftenItIsHeard() {
        open(endpoint, "*");
        queue.subscribe(webhookRegistered(endpoint, URL, List.of("*")));

        assertThat(queue.enqueue(ACME, event(1))).isEqualTo(1);
        assertThat(queue.enqueue(ACME, event(1))).isZero();
        assertThat(entries(endpoint)).hasSize(1);
    }

    @Test
    void handsOutWhatTheEventWas() {
        open(endpoint, "*");
        queue.enqueue(ACME, event(7));

        Claim claim = deliveries.claim(10, LEASE).getFirst();
        assertThat(claim.endpointId()).isEqualTo(endpoint);
        assertThat(claim.attempt()).isEqualTo(1);
        assertThat(claim.subscription())
                .isEqualTo(new Subscription(endpoint, ACME.value(), URL.toString(), List.of("*")));
        assertThat(claim.tenant()).isEqualTo(ACME.value());
        assertThat(claim.isSubscribed()).isTrue();
        assertThat(claim.eventName()).isEqualTo("workflow.completed");
        assertThat(claim.occurredAt()).isEqualTo(OCCURRED_AT);
        assertThat(claim.json()).isEqualTo(event(7).json());
    }

    /** What somebody wrote into a row is told apart when it is sent; it must not hold up the other endpoints. */
    @Test
    void handsOutTheOthersWhenARowHoldsNonsense() {
        WebhookEndpointId changed = subscribed("*");
        open(endpoint, "*");
        queue.enqueue(ACME, event(1));
        sql.execute(
                "update webhooks.subscription set url = 'no url', tenant = 'NO TENANT', events = '{null,\"\"}'"
                        + " where endpoint_id = ?",
                changed.value());

        List<Claim> claims = deliveries.claim(10, LEASE);

        assertThat(claims).extracting(Claim::endpointId).contains(endpoint, changed);
        assertThat(claims)
                .filteredOn(claim -> claim.endpointId().equals(changed))
                .noneMatch(Claim::isSubscribed);
    }

    @Test
    void handsOutOneDeliveryOfAnEndpointAtATimeInOrder() {
        open(endpoint, "*");
        queue.enqueue(ACME, event(1));
        queue.enqueue(ACME, event(2));

        Claim first = deliveries.claim(10, LEASE).getFirst();
        assertThat(deliveries.claim(10, LEASE)).isEmpty();
        deliveries.delivered(first, ACCEPTED);
        Claim second = deliveries.claim(10, LEASE).getFirst();

        assertThat(first.json()).isEqualTo(event(1).json());
        assertThat(second.json()).isEqualTo(event(2).json());
    }

    @Test
    void servesTheEndpointsThatWaitedLongestFirst() {
        List<WebhookEndpointId> endpoints = List.of(subscribed("*"), subscribed("*"), subscribed("*"));
        queue.enqueue(ACME, event(1));
        queue.enqueue(ACME, event(2));
        List<WebhookEndpointId> served = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            Claim claim = deliveries.claim(1, LEASE).getFirst();
            served.add(claim.endpointId());
            deliveries.delivered(claim, ACCEPTED);
        }
        assertThat(served).containsExactlyInAnyOrderElementsOf(endpoints);
    }

    @Test
    void recordsASuccess() {
        Claim claim = claimed();
        deliveries.delivered(claim, ACCEPTED);

        DeliveryView entry = entries(endpoint).getFirst();
        assertThat(entry.state()).isEqualTo(State.DELIVERED);
        assertThat(entry.webhookId()).isEqualTo("msg_" + claim.deliveryId());
        assertThat(entry.statusCode()).isEqualTo(204);
        assertThat(entry.durationMs()).isEqualTo(12);
        assertThat(entry.deliveredAt()).isNotNull();
        assertThat(entry.nextAttemptAt()).isNull();
        assertThat(deliveries.claim(10, LEASE)).isEmpty();
    }

    @Test
    void letsLaterDeliveriesPassOneThatWaitsForItsNextAttempt() {
        Claim first = claimed();
        queue.enqueue(ACME, event(2));
        deliveries.retry(first, REFUSED, Duration.ofHours(1));

        assertThat(deliveries.claim(10, LEASE)).extracting(Claim::json).containsExactly(event(2).json());
        DeliveryView waiting = entries(endpoint).getLast();
        assertThat(waiting.state()).isEqualTo(State.PENDING);
        assertThat(waiting.error()).isEqualTo("the receiver answered 500");
        assertThat(waiting.nextAttemptAt()).isAfter(waiting.lastAttemptAt());
        assertThat(deliveries.untilNextDue().orElseThrow()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
    }

    @Test
    void countsAttemptsUntilItGivesUp() {
        Claim first = claimed();
        deliveries.retry(first, REFUSED, Duration.ofNanos(1000));
        Claim second = await().until(() -> deliveries.claim(10, LEASE), claims -> !claims.isEmpty())
                .getFirst();
        assertThat(second.deliveryId()).isEqualTo(first.deliveryId());
        assertThat(second.attempt()).isEqualTo(2);
        deliveries.giveUp(second, REFUSED);

        DeliveryView entry = entries(endpoint).getFirst();
        assertThat(entry.state()).isEqualTo(State.FAILED);
        assertThat(entry.attempts()).isEqualTo(2);
        assertThat(deliveries.untilNextDue()).isEmpty();
    }

    /** The database's clock is set while the endpoint is held; what is in the table then lies in the past or the future. */
    @ParameterizedTest
    @ValueSource(strings = {"-PT1H", "PT0S", "PT1H"})
    void handsADeliveryOutAgainWhenItsHolderDiedWhateverTheClockSays(Duration step) {
        open(endpoint, "*");
        queue.enqueue(ACME, event(1));
        Claim dead = deliveries.claim(10, LEASE).getFirst();
        setClock(step);

        for (int tenth = 0; tenth < 10; tenth++) {
            assertThat(otherNode.claim(10, LEASE)).isEmpty();
            passes(LEASE.dividedBy(10));
        }
        Claim next = otherNode.claim(10, LEASE).getFirst();

        assertThat(next.deliveryId()).isEqualTo(dead.deliveryId());
        assertThat(next.attempt()).isEqualTo(2);
    }

    @Test
    void freesAnEndpointThatThisNodeItselfHeldAndForgot() {
        open(endpoint, "*");
        queue.enqueue(ACME, event(1));
        deliveries.claim(10, LEASE);
        passes(LEASE.dividedBy(10));

        assertThat(afterTheLease(deliveries)).hasSize(1);
    }

    @Test
    void keepsTheLeaseThatItsHolderTook() {
        open(endpoint, "*");
        queue.enqueue(ACME, event(1));
        deliveries.claim(10, LEASE.multipliedBy(10));

        assertThat(afterTheLease(otherNode)).isEmpty();
    }

    @Test
    void ignoresTheFailureButNotTheSuccessOfAHolderWhoseLeaseWasGivenAway() {
        open(endpoint, "*");
        queue.enqueue(ACME, event(1));
        Claim stale = deliveries.claim(10, LEASE).getFirst();
        assertThat(afterTheLease(otherNode)).hasSize(1);

        deliveries.giveUp(stale, REFUSED);
        assertThat(entries(endpoint).getFirst().state()).isEqualTo(State.PENDING);
        deliveries.delivered(stale, ACCEPTED);
        assertThat(entries(endpoint).getFirst().state()).isEqualTo(State.DELIVERED);
        assertThat(deliveries.claim(10, LEASE)).isEmpty();
    }

    @Test
    void cancelsWhatARemovedEndpointIsStillOwed() {
        Claim inFlight = claimed();
        queue.enqueue(ACME, event(2));
        queue.unsubscribe(endpoint);
        queue.unsubscribe(endpoint);

        assertThat(queue.enqueue(ACME, event(3))).isZero();
        assertThat(deliveries.claim(10, LEASE)).isEmpty();
        deliveries.retry(inFlight, REFUSED, Duration.ofSeconds(1));
        assertThat(entries(endpoint)).extracting(DeliveryView::state).containsExactly(State.CANCELLED, State.CANCELLED);
    }

    @Test
    void showsDeliveriesNewestFirstAndToTheirTenantOnly() {
        open(endpoint, "*");
        for (int position = 1; position <= 3; position++) {
            queue.enqueue(ACME, event(position));
        }
        assertThat(deliveryQueries.newestFirst(ACME, endpoint, 2))
                .extracting(DeliveryView::eventPosition)
                .containsExactly(3L, 2L);
        assertThat(deliveryQueries.newestFirst(OTHER_TENANT, endpoint, 2)).isEmpty();
    }

    @Test
    void givesEveryDeliveryToOneOfManyClaimersAndNeverTwoOfOneEndpointAtOnce() throws Exception {
        int events = 25;
        List<WebhookEndpointId> endpoints = List.of(subscribed("*"), subscribed("*"), subscribed("*"));
        for (int position = 1; position <= events; position++) {
            queue.enqueue(ACME, event(position));
        }
        ConcurrentLinkedQueue<Claim> handedOut = new ConcurrentLinkedQueue<>();
        int nodes = 4;
        CyclicBarrier together = new CyclicBarrier(nodes);
        try (ExecutorService threads = Executors.newFixedThreadPool(nodes)) {
            Callable<Boolean> node = () -> {
                together.await();
                return drain(handedOut, events * endpoints.size());
            };
            for (Future<Boolean> done : threads.invokeAll(List.of(node, node, node, node))) {
                assertThat(done.get()).as("one in flight per endpoint").isTrue();
            }
        }
        assertThat(handedOut)
                .extracting(Claim::deliveryId)
                .doesNotHaveDuplicates()
                .hasSize(events * endpoints.size());
        for (WebhookEndpointId each : endpoints) {
            assertThat(handedOut.stream()
                            .filter(claim -> claim.endpointId().equals(each))
                            .map(Claim::json))
                    .hasSize(events);
            assertThat(entries(each)).allMatch(entry -> entry.state() == State.DELIVERED && entry.attempts() == 1);
        }
    }

    /** Works like a node until everything was handed out; false when another claim of the endpoint was still open. */
    private boolean drain(ConcurrentLinkedQueue<Claim> handedOut, int total) {
        boolean alone = true;
        while (handedOut.size() < total) {
            for (Claim claim : deliveries.claim(2, LEASE)) {
                handedOut.add(claim);
                alone &= sql.fetchExists(
                        Tables.SUBSCRIPTION,
                        Tables.SUBSCRIPTION
                                .ENDPOINT_ID
                                .eq(claim.endpointId().value())
                                .and(Tables.SUBSCRIPTION.CLAIM.eq(claim.token())));
                deliveries.delivered(claim, ACCEPTED);
            }
        }
        return alone;
    }

    private JooqDeliveries node() {
        return new JooqDeliveries(sql, nanos::get);
    }

    /** What the node can claim once it has looked on for as long as a lease. */
    private List<Claim> afterTheLease(JooqDeliveries node) {
        List<Claim> claims = node.claim(10, LEASE);
        for (int tenth = 0; tenth < 10; tenth++) {
            assertThat(claims).isEmpty();
            passes(LEASE.dividedBy(10));
            claims = node.claim(10, LEASE);
        }
        return claims;
    }

    private void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** As if everything had been written by a clock that is off by so much from the present one. */
    private void setClock(Duration step) {
        DayToSecond interval = DayToSecond.valueOf(step);
        sql.update(Tables.SUBSCRIPTION)
                .set(Tables.SUBSCRIPTION.CLAIMED_AT, Tables.SUBSCRIPTION.CLAIMED_AT.plus(interval))
                .execute();
        sql.update(Tables.DELIVERY)
                .set(Tables.DELIVERY.NEXT_ATTEMPT_AT, Tables.DELIVERY.NEXT_ATTEMPT_AT.plus(interval))
                .set(Tables.DELIVERY.LAST_ATTEMPT_AT, Tables.DELIVERY.LAST_ATTEMPT_AT.plus(interval))
                .execute();
    }

    private Claim claimed() {
        open(endpoint, "*");
        queue.enqueue(ACME, event(1));
        return deliveries.claim(10, LEASE).getFirst();
    }

    private WebhookEndpointId subscribed(String eventName) {
        WebhookEndpointId id = new WebhookEndpointId(UUID.randomUUID());
        open(id, eventName);
        return id;
    }

    private void open(WebhookEndpointId id, String eventName) {
        queue.subscribe(webhookRegistered(id, URL, List.of(eventName)));
    }

    private List<DeliveryView> entries(WebhookEndpointId id) {
        return deliveryQueries.newestFirst(ACME, id, 200);
    }

    private static PublishedEvent event(long position) {
        return new PublishedEvent(
                "e-" + position,
                position,
                "workflow.completed",
                OCCURRED_AT,
                "{\"workflow_id\": \"w-" + position + "\"}");
    }
}
