package dev.polyphony.platform.axon;

import dev.polyphony.budgets.Budget;
import dev.polyphony.eventstore.AggregateCache;
import dev.polyphony.eventstore.Aggregates;
import dev.polyphony.eventstore.OriginCorrelation;
import dev.polyphony.eventstore.StoredHistory;
import dev.polyphony.eventstore.log.EventLog;
import dev.polyphony.identity.ApiKey;
import dev.polyphony.postgres.TestDatabase;
import dev.polyphony.shared.MessageOrigin;
import dev.polyphony.workflows.WorkflowRun;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.DuplicateCommandHandlerResolution;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.common.caching.Cache;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/** One of the nodes that handle commands on one history, with its own copies of aggregates. */
final class CommandNode implements AutoCloseable {
    private static final MetaData PROVENANCE = MessageOrigin.ofServer("test").metaData();

    private final AtomicInteger handled = new AtomicInteger();
    private final AtomicReference<@Nullable Runnable> meanwhile = new AtomicReference<>();
    private final StoredHistory history;
    private final AggregateCache copies;
    private final Configuration axon;
    private final CommandGateway gateway;

    private CommandNode(TestDatabase database, Function<EventLog, AggregateCache> cache, boolean alone) {
        history = StoredHistory.in(database);
        copies = cache.apply(history.log());
        axon = DefaultConfigurer.defaultConfiguration(false)
                .configureSerializer(_ -> StoredHistory.serializer())
                .configureEventSerializer(_ -> StoredHistory.serializer())
                .configureMessageSerializer(_ -> StoredHistory.serializer())
                .configureEventStore(_ -> history.store())
                .configureCommandBus(parts ->
                        new AxonConfig().commandBus(parts, DuplicateCommandHandlerResolution.rejectDuplicates()))
                .configureCorrelationDataProviders(_ -> List.of(OriginCorrelation.provider()))
                .registerComponent(Cache.class, _ -> copies)
                .registerComponent(SnapshotTriggerDefinition.class, _ -> NoSnapshotTriggerDefinition.INSTANCE)
                .configureAggregate(Aggregates.cached(WorkflowRun.class))
                .configureAggregate(Aggregates.cached(ApiKey.class))
                .configureAggregate(Aggregates.cached(Budget.class))
                .start();
        CommandBus bus = axon.commandBus();
        bus.registerHandlerInterceptor(this::count);
        gateway = DefaultCommandGateway.builder()
                .commandBus(bus)
                .retryScheduler(new CommandRetryScheduler("test-retry", new ConflictRetryPolicy(alone)))
                .build();
    }

    /** As the server makes it. */
    static CommandNode on(TestDatabase database) {
        return new CommandNode(database, log -> new AxonConfig().aggregateCache(log), false);
    }

    /** Never hears what others have written, as if the news were always late. */
    static CommandNode deafOn(TestDatabase database) {
        return new CommandNode(database, _ -> new AggregateCache(100), false);
    }

    /** Believes that nobody else writes. */
    static CommandNode aloneOn(TestDatabase database) {
        return new CommandNode(database, _ -> new AggregateCache(100), true);
    }

    private @Nullable Object count(UnitOfWork<? extends CommandMessage<?>> unit, InterceptorChain chain)
            throws Exception {
        handled.incrementAndGet();
        Runnable other = meanwhile.getAndSet(null);
        if (other != null) {
            unit.onPrepareCommit(_ ->
                    CompletableFuture.runAsync(other, Thread.ofVirtual()::start).join());
        }
        return chain.proceed();
    }

    /** Between the next decision and its commit, this happens elsewhere. */
    void meanwhile(Runnable other) {
        meanwhile.set(other);
    }

    @Nullable
    Object send(Object command) {
        handled.set(0);
        return gateway.sendAndWait(command, PROVENANCE);
    }

    /** How often the last command was decided. */
    int decisions() {
        return handled.get();
    }

    boolean hasCopyOf(Object aggregateId) {
        return copies.containsKey(aggregateId.toString());
    }

    EventLog history() {
        return history.log();
    }

    @Override
    public void close() {
        axon.shutdown();
        history.close();
    }
}
