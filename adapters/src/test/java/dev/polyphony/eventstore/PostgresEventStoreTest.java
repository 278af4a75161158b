package dev.polyphony.eventstore;

import static dev.polyphony.db.eventstore.Tables.EVENT;
import static dev.polyphony.eventstore.StoredHistory.facts;
import static dev.polyphony.workflows.WorkflowRunExamples.lookCompleted;
import static dev.polyphony.workflows.WorkflowRunExamples.lookQueued;
import static dev.polyphony.workflows.WorkflowRunExamples.lookStarted;
import static dev.polyphony.workflows.WorkflowRunExamples.reviewStarted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.postgres.TestDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresEventStoreTest {
    private static final long LAST = PostgresEventStore.SNAPSHOT_LOOKUP - 1L;

    private final DSLContext sql;
    private final StoredHistory history;
    private final PostgresEventStore store;
    private final String id = "review-" + UUID.randomUUID();

    PostgresEventStoreTest(TestDatabase database) {
        this.sql = database.sql();
        this.history = StoredHistory.in(database);
        this.store = history.store();
    }

    @AfterEach
    void close() {
        history.close();
    }

    @Test
    void givesAnAggregateWhatItWasGiven() {
        store.publish(facts("workflow", id, 0, reviewStarted(), lookQueued(), lookStarted(), lookCompleted()));

        assertThat(payloads(id)).isEqualTo(List.of(reviewStarted(), lookQueued(), lookStarted(), lookCompleted()));
        assertThat(store.lastSequenceNumberFor(id)).contains(3L);
    }

    @Test
    void readsAHistoryOfManyPages() {
        store.publish(facts("workflow", id, 0, reviewStarted()));
        for (int batch = 0; batch < 3; batch++) {
            Object[] page = new Object[500];
            Arrays.fill(page, lookQueued());
            store.publish(facts("workflow", id, 1 + 500L * batch, page));
        }

        assertThat(payloads(id)).hasSize(1_501);
    }

    @Test
    void givesFollowersTheEventWithItsProvenanceAndPosition() throws Exception {
        try (TrackingEventStream stream = store.openStream(store.createHeadToken())) {
            assertThat(stream.hasNextAvailable()).isFalse();
            List<DomainEventMessage<?>> facts = facts("workflow", id, 0, reviewStarted());

            store.publish(facts);

            assertThat(stream.hasNextAvailable(5, TimeUnit.SECONDS)).isTrue();
            TrackedEventMessage<?> event = stream.nextAvailable();
            assertThat(event.getPayload()).isEqualTo(reviewStarted());
            assertThat(event.getIdentifier()).isEqualTo(facts.getFirst().getIdentifier());
            assertThat(event.getMetaData()).isEqualTo(facts.getFirst().getMetaData());
            assertThat(event.trackingToken()).isEqualTo(store.createHeadToken());
        }
    }

    @Test
    void storesStableNamesAndNoClassNames() {
        store.publish(facts("workflow", id, 0, reviewStarted()));

        var row = sql.fetchSingle("select type, payload::text from eventstore.event where aggregate_id = ?", id);
        assertThat(row.get(0, String.class)).isEqualTo("workflow.started");
        assertThat(row.get(1, String.class)).contains("\"workflow_id\"").doesNotContain("dev.polyphony");
    }

    @Test
    void tellsALostRaceByItsKind() {
        store.publish(facts("workflow", id, 0, reviewStarted(), lookQueued()));

        assertThatThrownBy(() -> store.publish(facts("workflow", id, 1, lookStarted())))
                .isInstanceOf(ConcurrencyException.class);
        assertThatThrownBy(() -> store.publish(facts("workflow", id, 0, reviewStarted())))
                .isInstanceOf(AggregateStreamCreationException.class);
    }

    @Test
    void refusesAnEventThatDoesNotTellWhereItComesFrom() {
        var orphan = new GenericDomainEventMessage<>("workflow", id, 0, reviewStarted());

        assertThatThrownBy(() -> store.publish(orphan))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tenant");
    }

    @Test
    void appendsWhatACommandDecidesWhenNothingElseCanFail() {
        List<String> order = new ArrayList<>();
        UnitOfWork<?> command = DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>("start"));
        command.onPrepareCommit(_ -> order.add("prepared with " + stored()));
        store.publish(facts("workflow", id, 0, reviewStarted()));
        assertThat(payloads(id)).isEqualTo(List.of(reviewStarted()));
        command.onPrepareCommit(_ -> order.add("prepared with " + stored()));
        command.afterCommit(_ -> order.add("committed with " + stored()));

        command.commit();

        assertThat(order).containsExactly("prepared with 0", "prepared with 0", "committed with 1");
    }

    @Test
    void takesNothingForAnAnswer() {
        store.publish(List.of());

        UnitOfWork<?> command = DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>("start"));
        store.publish(List.of());
        command.commit();

        assertThat(stored()).isZero();
    }

    @Test
    void appendsNothingOfAUnitThatFails() {
        UnitOfWork<?> command = DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>("start"));
        store.publish(facts("workflow", id, 0, reviewStarted()));
        command.onPrepareCommit(_ -> {
            throw new IllegalStateException("no");
        });

        assertThatThrownBy(command::commit).hasMessage("no");
        assertThat(stored()).isZero();
    }

    @Test
    void appendsNestedUnitsOnceAndTogether() {
        UnitOfWork<?> outer = DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>("outer"));
        store.publish(facts("workflow", id, 0, reviewStarted()));
        UnitOfWork<Message<?>> inner = DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>("inner"));
        store.publish(facts("workflow", id, 1, lookQueued()));
        inner.commit();
        assertThat(stored()).isZero();

        outer.commit();

        assertThat(stored()).isEqualTo(2);
    }

    /** Otherwise a process that dies in between would never send the command again. */
    @Test
    void appendsWhatAnEventProcessorCausesBeforeItsTokenIsCommitted() {
        List<Integer> atCommit = new ArrayList<>();
        UnitOfWork<?> processor = DefaultUnitOfWork.startAndGet(
                facts("workflow", id, 0, reviewStarted()).getFirst());
        processor.onCommit(_ -> atCommit.add(stored()));
        UnitOfWork<Message<?>> command = DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>("start"));
        store.publish(facts("workflow", id, 0, reviewStarted()));
        command.commit();

        processor.commit();

        assertThat(atCommit).containsExactly(1);
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void startsFromASnapshotOfTheSameCode() {
        store.publish(longHistory());
        Counter state = new Counter();
        state.count = Map.of("look", 2);

        store.storeSnapshot(new GenericDomainEventMessage<>("counter", id, LAST - 1, state));

        List<? extends DomainEventMessage<?>> events =
                store.readEvents(id).asStream().toList();
        assertThat(events).extracting(DomainEventMessage::getSequenceNumber).containsExactly(LAST - 1, LAST);
        assertThat(events.getFirst().getPayload())
                .isInstanceOfSatisfying(
                        Counter.class, read -> assertThat(read.count).isEqualTo(state.count));
    }

    @Test
    void passesOverASnapshotOfOtherCodeAndAnOlderOne() {
        store.publish(longHistory());
        store.storeSnapshot(new GenericDomainEventMessage<>("counter", id, LAST, new Counter()));
        store.storeSnapshot(new GenericDomainEventMessage<>("counter", id, 1, new Counter()));
        assertThat(store.readEvents(id).asStream()).hasSize(1);

        sql.execute("update eventstore.snapshot set revision = 'other' where aggregate_id = ?", id);

        assertThat(payloads(id)).isEqualTo(Collections.nCopies(PostgresEventStore.SNAPSHOT_LOOKUP, lookQueued()));
    }

    @Test
    void looksForNoSnapshotOfAShortHistory() {
        store.publish(facts("counter", id, 0, reviewStarted(), lookQueued()));
        store.storeSnapshot(new GenericDomainEventMessage<>("counter", id, 1, new Counter()));

        assertThat(payloads(id)).isEqualTo(List.of(reviewStarted(), lookQueued()));
    }

    private List<? extends DomainEventMessage<?>> longHistory() {
        return facts(
                "counter",
                id,
                0,
                Collections.nCopies(PostgresEventStore.SNAPSHOT_LOOKUP, lookQueued())
                        .toArray());
    }

    private List<?> payloads(String aggregateId) {
        return store.readEvents(aggregateId)
                .asStream()
                .map(DomainEventMessage::getPayload)
                .toList();
    }

    private int stored() {
        return sql.fetchCount(EVENT, EVENT.AGGREGATE_ID.eq(id));
    }

    private static final class Counter {
        private Map<String, Integer> count = Map.of();
    }
}
