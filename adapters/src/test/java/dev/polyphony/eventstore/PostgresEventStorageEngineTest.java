package dev.polyphony.eventstore;

import static dev.polyphony.eventstore.StoredHistory.facts;
import static dev.polyphony.workflows.WorkflowRunExamples.lookCompleted;
import static dev.polyphony.workflows.WorkflowRunExamples.lookQueued;
import static dev.polyphony.workflows.WorkflowRunExamples.lookStarted;
import static dev.polyphony.workflows.WorkflowRunExamples.reviewStarted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.db.PostgresExtension;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresEventStorageEngineTest {
    private final DSLContext sql;
    private final PostgresEventStorageEngine engine;
    private final String id = "review-" + UUID.randomUUID();

    PostgresEventStorageEngineTest(DSLContext sql) {
        this.sql = sql;
        this.engine = new PostgresEventStorageEngine(sql, StoredHistory.serializer());
    }

    @Test
    void givesBackWhatItWasGiven() {
        append(facts("workflow", id, 0, reviewStarted(), lookQueued(), lookStarted(), lookCompleted()));

        assertThat(engine.readEvents(id).asStream().map(DomainEventMessage::getPayload))
                .isEqualTo(List.of(reviewStarted(), lookQueued(), lookStarted(), lookCompleted()));
        assertThat(engine.lastSequenceNumberFor(id)).contains(3L);
    }

    @Test
    void storesStableNamesAndNoClassNames() {
        append(facts("workflow", id, 0, reviewStarted()));

        var row = sql.fetchSingle(
                "select type, payload::text, metadata::text from eventstore.event where aggregate_id = ?", id);
        assertThat(row.get(0, String.class)).isEqualTo("workflow.started");
        assertThat(row.get(1, String.class) + row.get(2, String.class))
                .contains("\"workflow_id\"")
                .doesNotContain("dev.polyphony");
    }

    @Test
    void letsOneOfTwoWritersOfTheSameSequenceWin() {
        append(facts("workflow", id, 0, reviewStarted()));
        append(facts("workflow", id, 1, lookQueued()));

        assertThatThrownBy(() -> append(facts("workflow", id, 1, lookStarted())))
                .isInstanceOf(ConcurrencyException.class);
        assertThat(engine.lastSequenceNumberFor(id)).contains(1L);
    }

    @Test
    void refusesAnEventThatDoesNotTellWhereItComesFrom() {
        var orphan = new GenericDomainEventMessage<>("workflow", id, 0, reviewStarted());

        assertThatThrownBy(() -> append(List.of(orphan)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tenant");
    }

    @Test
    void numbersEventsOfManyWritersWithoutGapsAndInOneOrder() throws Exception {
        long before = sql.fetchSingle("select position from eventstore.head").get(0, Long.class);
        List<Callable<Integer>> writers = IntStream.range(0, 40)
                .<Callable<Integer>>mapToObj(writer -> () -> write(writer))
                .toList();
        int written = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (var writer : threads.invokeAll(writers)) {
                written += writer.get();
            }
        }

        List<Long> positions = sql.fetch("select position from eventstore.event where position > ? order by 1", before)
                .getValues(0, Long.class);
        assertThat(positions)
                .isEqualTo(LongStream.rangeClosed(before + 1, before + written)
                        .boxed()
                        .toList());
    }

    /** Every fourth writer rolls back, so that its positions must be given out again. */
    private int write(int writer) {
        try {
            return sql.transactionResult(transaction -> {
                var inTransaction = new PostgresEventStorageEngine(DSL.using(transaction), StoredHistory.serializer());
                inTransaction.appendEvents(
                        facts("workflow", "review-" + UUID.randomUUID(), 0, reviewStarted(), lookQueued()));
                if (writer % 4 == 0) {
                    throw new Undone();
                }
                return 2;
            });
        } catch (Undone expected) {
            return 0;
        }
    }

    private void append(List<? extends DomainEventMessage<?>> events) {
        sql.transaction(
                transaction -> new PostgresEventStorageEngine(DSL.using(transaction), StoredHistory.serializer())
                        .appendEvents(events));
    }

    private static final class Undone extends RuntimeException {}
}
