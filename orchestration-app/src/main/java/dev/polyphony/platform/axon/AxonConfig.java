package dev.polyphony.platform.axon;

import dev.polyphony.eventstore.AggregateCache;
import dev.polyphony.eventstore.Aggregates;
import dev.polyphony.eventstore.EventMessages;
import dev.polyphony.eventstore.EventNames;
import dev.polyphony.eventstore.NamedEventSerializer;
import dev.polyphony.eventstore.OriginCorrelation;
import dev.polyphony.eventstore.PostgresEventStore;
import dev.polyphony.eventstore.ProjectionProgress;
import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.eventstore.Snapshots;
import dev.polyphony.eventstore.axon.DirectInvocation;
import dev.polyphony.eventstore.axon.ProcessorThreads;
import dev.polyphony.eventstore.axon.SegmentClaims;
import dev.polyphony.eventstore.axon.TokenTable;
import dev.polyphony.eventstore.checkpoints.CheckpointSigner;
import dev.polyphony.eventstore.crypto.EncryptedJson;
import dev.polyphony.eventstore.crypto.SubjectKeyring;
import dev.polyphony.eventstore.log.EventLog;
import dev.polyphony.eventstore.log.EventPages;
import dev.polyphony.eventstore.log.LogConnections;
import dev.polyphony.eventstore.upcasters.Upcasters;
import dev.polyphony.platform.database.OwnDatabase;
import dev.polyphony.shared.NodeId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.DuplicateCommandHandlerResolver;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.jooq.DSLContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.io.ResourceLoader;
import org.springframework.transaction.PlatformTransactionManager;

/** Axon on our event store: one serializer, one history, pooled processors that skip no event. */
@Configuration(proxyBeanMethods = false)
class AxonConfig {
    private static final int CACHED_AGGREGATES = 10_000;

    /**
     * Measured (docs/benchmarks.md): loading a run costs 50 microseconds an event, so 5 ms at most with this number, and 0.4 ms
     * from a snapshot. A snapshot costs 70 microseconds for each event between two of them; with 50 events it would be 100, and
     * with 200 hardly less, but the load would take 10 ms.
     */
    private static final int SNAPSHOT_THRESHOLD = 100;

    @Bean
    EventNames eventNames(ResourceLoader context) {
        return EventNames.below("dev.polyphony", context);
    }

    @Bean
    ConfigurerModule aggregates(ResourceLoader context) {
        return configurer -> Aggregates.below("dev.polyphony", context)
                .forEach(type -> configurer.configureAggregate(Aggregates.cached(type)));
    }

    @Bean
    EncryptedJson encryptedJson(SubjectKeyring keys) {
        return new EncryptedJson(keys);
    }

    @Bean
    @Primary
    NamedEventSerializer serializer(EventNames names, EncryptedJson json) {
        return new NamedEventSerializer(names, json);
    }

    /**
     * The history keeps two connections of its own, so that a busy pool never makes it wait. It is made from the signer, so
     * that Spring ends it before the signer, and its last event is signed too.
     */
    @Bean
    EventLog eventLog(
            DSLContext sql, JdbcConnectionDetails database, CheckpointSigner checkpoints, EventLogSettings settings) {
        EventLog log = new EventLog(
                sql,
                LogConnections.to(database.getJdbcUrl(), database.getUsername(), database.getPassword()),
                settings.maxWaitingWrites());
        log.onWritten(checkpoints::written);
        return log;
    }

    @Bean
    MeterBinder waitingWrites(EventLog log) {
        return Gauge.builder("polyphony.history.waiting", log, EventLog::waiting)
                .description("Changes that wait to be written to the history")::register;
    }

    @Bean
    EventPages eventPages(DSLContext sql) {
        return new EventPages(sql);
    }

    @Bean
    Snapshots snapshots(DSLContext sql) {
        return new Snapshots(sql);
    }

    @Bean
    PostgresEventStore eventStore(EventLog log, Serializer serializer, Snapshots snapshots) {
        return new PostgresEventStore(log, new EventMessages(serializer, Upcasters.chain()), snapshots);
    }

    /** An event of another node evicts this node's copy of its aggregate. */
    @Bean
    AggregateCache aggregateCache(EventLog log) {
        AggregateCache cache = new AggregateCache(CACHED_AGGREGATES);
        log.onFound(
                events -> events.forEach(event -> cache.remove(event.content().aggregateId())));
        return cache;
    }

    @Bean
    SnapshotTriggerDefinition snapshotTrigger(Snapshotter snapshotter) {
        return new EventCountSnapshotTriggerDefinition(snapshotter, SNAPSHOT_THRESHOLD);
    }

    /**
     * What a processor writes commits together with its position. Axon would make this bean itself, but orders its own
     * configuration after a class that Spring Boot 4 has moved, so that it finds no transactions and does without.
     */
    @Bean
    SpringTransactionManager axonTransactionManager(PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }

    /** Commands run outside transactions: the history commits for itself, in the COMMIT phase, and nothing else is written. */
    @Bean
    SimpleCommandBus commandBus(
            org.axonframework.config.Configuration axon, DuplicateCommandHandlerResolver duplicates) {
        SimpleCommandBus bus = SimpleCommandBus.builder()
                .duplicateCommandHandlerResolver(duplicates)
                .messageMonitor(axon.messageMonitor(CommandBus.class, "commandBus"))
                .build();
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(axon.correlationDataProviders()));
        return bus;
    }

    @Bean
    SegmentClaims segmentClaims(NodeId here) {
        return new SegmentClaims(here.value());
    }

    /** A process that holds the database for itself need not wait until the claims of a killed one expire. */
    @Bean
    TokenStore tokenStore(
            DataSource database,
            Serializer serializer,
            DSLContext sql,
            SegmentClaims claims,
            ObjectProvider<OwnDatabase> ownDatabase) {
        if (ownDatabase.getIfAvailable() != null) {
            TokenTable.releaseClaims(sql);
        }
        return TokenTable.store(new SpringDataSourceConnectionProvider(database), serializer, claims);
    }

    @Bean
    CorrelationDataProvider messageOrigin() {
        return OriginCorrelation.provider();
    }

    @Bean
    DirectInvocation eventProcessing() {
        return new DirectInvocation();
    }

    @Bean
    ConfigurerModule processorDefaults(
            ProjectionSettings settings, SpringTransactionManager transactions, ConfigurableApplicationContext server) {
        RetryingTransactionManager retrying = new RetryingTransactionManager(transactions, server::isClosed);
        return configurer -> configurer
                .eventProcessing()
                .usingPooledStreamingEventProcessors((axon, processor) -> ProcessorThreads.in(axon, processor)
                        .transactionManager(retrying)
                        .initialSegmentCount(settings.segments())
                        .batchSize(settings.batchSize())
                        .enableCoordinatorClaimExtension())
                .registerDefaultListenerInvocationErrorHandler(_ -> PropagatingErrorHandler.instance());
    }

    @Bean
    @Primary
    CommandGateway commandGateway(
            CommandBus bus,
            ObjectProvider<OwnDatabase> ownDatabase,
            ObjectProvider<MessageDispatchInterceptor<CommandMessage<?>>> interceptors) {
        boolean singleNode = ownDatabase.getIfAvailable() != null;
        CommandGateway gateway = DefaultCommandGateway.builder()
                .commandBus(bus)
                .retryScheduler(new CommandRetryScheduler("command-retry", new ConflictRetryPolicy(singleNode)))
                .build();
        interceptors.orderedStream().forEach(gateway::registerDispatchInterceptor);
        return gateway;
    }

    @Bean
    ReadYourWrites readYourWrites(
            ObjectProvider<EventProcessingConfiguration> processing,
            PostgresEventStore history,
            DSLContext sql,
            Serializer serializer) {
        return new ReadYourWrites(new ProjectionProgress(processing::getObject, history, sql, serializer)::hasReached);
    }
}
