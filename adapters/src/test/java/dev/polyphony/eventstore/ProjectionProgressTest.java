package dev.polyphony.eventstore;

import static dev.polyphony.workflows.WorkflowRunExamples.lookStarted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.eventstore.axon.SegmentClaims;
import dev.polyphony.eventstore.axon.TokenTable;
import dev.polyphony.identity.ApiKeyEvent;
import dev.polyphony.postgres.PostgresExtension;
import dev.polyphony.postgres.TestDatabase;
import dev.polyphony.workflows.WorkflowRunEvent;
import java.util.Arrays;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a node that runs nothing of the projection: all its segments are another's. */
class ProjectionProgressTest {
    private static final String RUNS = "runs";
    private static final String KEYS = "keys";
    private static final int SEGMENTS = 4;

    private final TestDatabase database = PostgresExtension.freshDatabase();
    private final StoredHistory history = StoredHistory.in(database);
    private final Serializer serializer = StoredHistory.serializer();
    private final TokenStore elsewhere =
            TokenTable.store(database.dataSource()::getConnection, serializer, new SegmentClaims("elsewhere"));
    private final Configuration axon = DefaultConfigurer.defaultConfiguration(false)
            .configureEventStore(_ -> history.store())
            .eventProcessing(processing -> processing
                    .usingPooledStreamingEventProcessors()
                    .registerEventHandler(_ -> new Runs())
                    .registerEventHandler(_ -> new Keys()))
            .buildConfiguration();

    @ProcessingGroup(RUNS)
    static class Runs {
        @EventHandler
        void on(WorkflowRunEvent event) {}
    }

    @ProcessingGroup(KEYS)
    static class Keys {
        @EventHandler
        void on(ApiKeyEvent event) {}
    }

    @BeforeEach
    void claimEverythingElsewhere() {
        for (String projection : new String[] {RUNS, KEYS}) {
            elsewhere.initializeTokenSegments(projection, SEGMENTS, new GlobalSequenceTrackingToken(0));
            for (int segment = 0; segment < SEGMENTS; segment++) {
                elsewhere.fetchToken(projection, segment);
            }
        }
    }

    @AfterEach
    void dropDatabase() {
        history.close();
        database.close();
    }

    @Test
    void waitsForTheSegmentThatTheEventsConcernAndForNoOther() {
        ProjectionProgress progress = progress();
        happen("a", 0);
        happen("a", 1);
        assertThat(progress.hasReached(RUNS, 2)).isFalse();

        store(RUNS, "a", 1);
        assertThat(progress.hasReached(RUNS, 1)).isTrue();
        assertThat(progress.hasReached(RUNS, 2)).isFalse();

        store(RUNS, "a", 2);
        assertThat(progress.hasReached(RUNS, 2)).isTrue();
    }

    @Test
    void doesNotWaitForEventsThatTheProjectionDoesNotHear() {
        happen("a", 0);

        assertThat(progress().hasReached(KEYS, 1)).isTrue();
        assertThat(progress().hasReached(RUNS, 1)).isFalse();
    }

    /** What this node has not been told of yet may concern anybody. */
    @Test
    void waitsForEventsThatItDoesNotKnow() {
        happen("a", 0);

        assertThat(progress().hasReached(KEYS, 2)).isFalse();

        try (StoredHistory otherNode = StoredHistory.in(database)) {
            otherNode.store().publish(StoredHistory.facts("workflow", "b", 0, lookStarted()));
        }
        await().until(() -> progress().hasReached(KEYS, 2));
    }

    private void happen(String aggregate, long sequence) {
        history.store().publish(StoredHistory.facts("workflow", aggregate, sequence, lookStarted()));
    }

    private void store(String projection, String aggregate, long position) {
        Segment segment = Arrays.stream(Segment.computeSegments(0, 1, 2, 3))
                .filter(each -> each.matches(aggregate.hashCode()))
                .findFirst()
                .orElseThrow();
        elsewhere.storeToken(new GlobalSequenceTrackingToken(position), projection, segment.getSegmentId());
    }

    private ProjectionProgress progress() {
        return new ProjectionProgress(axon::eventProcessingConfiguration, history.store(), database.sql(), serializer);
    }
}
