package dev.polyphony.eventstore.axon;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.postgres.PostgresExtension;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.config.EventProcessingModule;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.MultiEventHandlerInvoker;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What this package takes for granted about Axon that Axon does not promise, checked against Axon's own classes. */
@ExtendWith(PostgresExtension.class)
class AxonContractTest {
    /** Both what this test was read against and what {@code eventstore.axon} was written for. */
    private static final String VERSION = "4.13.0";

    /** The queue of a segment takes 1,024 events. */
    private static final int MORE_THAN_A_QUEUE = 1_100;

    private static final long FULL_QUEUE_MILLIS = 100;

    @ParameterizedTest
    @ValueSource(strings = {"axon-messaging", "axon-configuration", "axon-eventsourcing", "axon-modelling"})
    void wasWrittenForTheVersionOnTheClassPath(String artifact) throws IOException {
        assertThat(version(artifact))
                .withFailMessage(
                        "%s is %s, and eventstore.axon was written for %s. Run the other tests of this class against"
                            + " it; compare Coordinator and WorkPackage (rests, queue, threads, resources) with"
                            + " ProcessorThreads and DeadLetterGate, JdbcTokenStore (claims, columns) with"
                            + " ClaimedTokenStore, EventProcessingModule and MultiEventHandlerInvoker with"
                            + " DirectInvocation, AbstractEventProcessor.processInUnitOfWork with SingleHandling. Then"
                            + " set VERSION.",
                        artifact, version(artifact), VERSION)
                .isEqualTo(VERSION);
    }

    /** {@link DeadLetterGate} reads the segment from there, and {@link DeadLetterGate#enter} puts it there. */
    @Test
    void keepsTheSegmentAmongTheResourcesOfABatch() {
        List<Map<String, Object>> seen = new CopyOnWriteArrayList<>();
        UnitOfWork<EventMessage<?>> entered = new DefaultUnitOfWork<>(null);
        DeadLetterGate.enter(entered, ObservedProcessor.NAME, Segment.ROOT_SEGMENT);

        try (ObservedProcessor observed = new ObservedProcessor(10, _ -> null)) {
            intercept(observed, work -> seen.add(Map.copyOf(work.resources())));
            observed.publish(1);
            observed.processor().start();
            await().until(() -> !seen.isEmpty());
        }

        assertThat(seen.getFirst())
                .containsEntry("Processor[" + ObservedProcessor.NAME + "]/SegmentId", 0)
                .containsAllEntriesOf(entered.resources());
    }

    /** {@link DeadLetterGate} begins to gather at the first event and writes after the last. */
    @Test
    void passesTheEventsOfABatchOneByOneThroughTheInterceptors() {
        List<String> seen = new CopyOnWriteArrayList<>();

        try (ObservedProcessor observed = new ObservedProcessor(10, _ -> null)) {
            intercept(observed, work -> seen.add(describe(work)));
            observed.publish(3);
            observed.processor().start();
            await().until(() -> seen.size() == 3);
        }

        assertThat(seen).containsExactly("event 0 of 3, first", "event 1 of 3", "event 2 of 3, last");
    }

    /** {@link SingleHandling} does for one event what a processor does for a batch of one. */
    @Test
    void showsInterceptorsAndHandlersToThoseWhoHandleOneEvent() {
        List<String> seen = new CopyOnWriteArrayList<>();
        List<TrackedEventMessage<?>> handled = new CopyOnWriteArrayList<>();

        try (ObservedProcessor observed =
                new ObservedProcessor(1, event -> handled.add((TrackedEventMessage<?>) event))) {
            intercept(observed, work -> seen.add(describe(work)));
            observed.publish(1);
            observed.processor().start();
            await().until(() -> handled.size() == 1);
            new SingleHandling(NoTransactionManager.instance()).inTransaction(handled.getFirst(), work -> {
                SingleHandling.handle(observed.processor(), work, Segment.ROOT_SEGMENT);
                return work;
            });
        }

        assertThat(seen).containsExactly("event 0 of 1, first, last", "event 0 of 1, first, last");
        assertThat(handled).hasSize(2).allSatisfy(event -> assertThat(event).isSameAs(handled.getFirst()));
    }

    /** {@link ProcessorThreads} shortens exactly this rest. */
    @Test
    void restsForATenthOfASecondWhenTheQueueOfASegmentIsFull() throws InterruptedException {
        try (ObservedProcessor observed = new ObservedProcessor(1_000, _ -> null)) {
            observed.publish(MORE_THAN_A_QUEUE);
            observed.processor().start();

            assertThat(observed.rests.poll(10, SECONDS)).isEqualTo(FULL_QUEUE_MILLIS);
        }
    }

    /** {@link ProcessorThreads} tells this rest from the one before by its length. */
    @Test
    void restsForLongerWhenThereAreNoMoreEvents() throws InterruptedException {
        try (ObservedProcessor observed = new ObservedProcessor(1, _ -> null)) {
            observed.publish(1);
            observed.processor().start();

            assertThat(observed.rests.poll(10, SECONDS)).isGreaterThan(FULL_QUEUE_MILLIS);
        }
    }

    /** {@link ProcessorThreads} lets a worker wait for more events when it asks for its own next batch. */
    @Test
    void asksForTheNextBatchOnTheThreadThatWorkedOnTheLast() {
        try (ObservedProcessor observed = new ObservedProcessor(1, _ -> null)) {
            observed.publish(3);
            observed.processor().start();

            await().untilAsserted(() -> assertThat(observed.submitters)
                    .map(thread -> thread.replaceFirst("-\\d+$", ""))
                    .startsWith("Coordinator", "Worker", "Worker"));
        }
    }

    /** {@link ClaimedTokenStore} counts a claim there, and takes the disk out of the way of that transaction. */
    @Test
    void claimsASegmentByFetchingItsTokenAndStoresThatInTheTransactionOfTheBatch() throws InterruptedException {
        try (ObservedProcessor observed = new ObservedProcessor(10, _ -> null)) {
            observed.publish(3);
            observed.processor().start();

            assertThat(observed.tokensStored.poll(10, SECONDS)).isInstanceOf(BatchingUnitOfWork.class);
            assertThat(observed.claimed).containsExactly(Segment.ROOT_SEGMENT);
        }
    }

    /** {@link DirectInvocation} takes the sole invoker out again. */
    @Test
    void putsTheInvokerOfOneGroupIntoOneForSeveral() {
        List<EventHandlerInvoker> built = new ArrayList<>();
        var module = new EventProcessingModule() {
            @Override
            protected EventProcessor pooledStreamingEventProcessor(
                    String name,
                    EventHandlerInvoker handlers,
                    Configuration axon,
                    StreamableMessageSource<TrackedEventMessage<?>> source,
                    PooledStreamingProcessorConfiguration processor) {
                built.add(handlers);
                return super.pooledStreamingEventProcessor(name, handlers, axon, source, processor);
            }
        };

        assertThat(processor(module).eventHandlerInvoker()).isInstanceOf(MultiEventHandlerInvoker.class);
        assertThat(built)
                .singleElement()
                .isInstanceOfSatisfying(
                        MultiEventHandlerInvoker.class,
                        several -> assertThat(several.delegates())
                                .singleElement()
                                .isInstanceOf(SimpleEventHandlerInvoker.class));
        assertThat(processor(new DirectInvocation()).eventHandlerInvoker())
                .isInstanceOf(SimpleEventHandlerInvoker.class);
    }

    /** Why there is a {@link ClaimedTokenStore}; without it that class can go. */
    @Test
    void storesATokenForANodeThatHasLostTheSegment(DataSource database, DSLContext sql) {
        TokenStore axons = axons("left", database);
        axons.initializeTokenSegments("lost", 1);
        axons.fetchToken("lost", 0);
        TokenTable.releaseClaims(sql, "lost");

        axons.storeToken(new GlobalSequenceTrackingToken(42), "lost", 0);

        assertThat(TokenTable.tokens(sql, serializer(), "lost"))
                .extracting(StoredToken::node)
                .containsExactly("left");
    }

    /** {@link ClaimedTokenStore} writes the columns itself. */
    @Test
    void readsTokensAndClaimsAsClaimedTokenStoreWritesThem(DataSource database) {
        TokenStore ours = TokenTable.store(database::getConnection, serializer(), new SegmentClaims("left"));
        ours.initializeTokenSegments("shared", 1);
        ours.fetchToken("shared", 0);
        ours.storeToken(new GlobalSequenceTrackingToken(42), "shared", 0);
        ours.extendClaim("shared", 0);

        assertThat(axons("left", database).fetchToken("shared", 0)).isEqualTo(new GlobalSequenceTrackingToken(42));
        assertThat(axons("right", database).fetchAvailableSegments("shared")).isEmpty();
    }

    private static TokenStore axons(String node, DataSource database) {
        return JdbcTokenStore.builder()
                .connectionProvider(database::getConnection)
                .serializer(serializer())
                .schema(TokenTable.SCHEMA)
                .nodeId(node)
                .build();
    }

    private static Jackson3Serializer serializer() {
        return Jackson3Serializer.builder().build();
    }

    private static PooledStreamingEventProcessor processor(EventProcessingModule module) {
        var configurer = DefaultConfigurer.defaultConfiguration(false)
                .configureEventStore(_ -> EmbeddedEventStore.builder()
                        .storageEngine(new InMemoryEventStorageEngine())
                        .build())
                .registerComponent(TokenStore.class, _ -> new InMemoryTokenStore());
        configurer.registerModule(module);
        module.usingPooledStreamingEventProcessors().registerEventHandler(_ -> new Object());
        return configurer
                .buildConfiguration()
                .eventProcessingConfiguration()
                .eventProcessorByProcessingGroup("java.lang", PooledStreamingEventProcessor.class)
                .orElseThrow();
    }

    private static void intercept(ObservedProcessor observed, Consumer<UnitOfWork<? extends EventMessage<?>>> look) {
        observed.processor().registerHandlerInterceptor((work, handlers) -> {
            look.accept(work);
            return handlers.proceed();
        });
    }

    private static String describe(UnitOfWork<? extends EventMessage<?>> work) {
        var batch = (BatchingUnitOfWork<? extends EventMessage<?>>) work;
        TrackedEventMessage<?> event = (TrackedEventMessage<?>) batch.getMessage();
        return event.getPayload() + " of " + batch.getMessages().size()
                + (batch.isFirstMessage() ? ", first" : "")
                + (batch.isLastMessage() ? ", last" : "");
    }

    private static String version(String artifact) throws IOException {
        String file = "/META-INF/maven/org.axonframework/" + artifact + "/pom.properties";
        try (InputStream stored = Objects.requireNonNull(EventMessage.class.getResourceAsStream(file), file)) {
            Properties properties = new Properties();
            properties.load(stored);
            return properties.getProperty("version");
        }
    }
}
