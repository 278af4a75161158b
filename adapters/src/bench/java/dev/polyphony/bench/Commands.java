package dev.polyphony.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.polyphony.eventstore.AggregateCache;
import dev.polyphony.eventstore.EventNames;
import dev.polyphony.eventstore.NamedEventSerializer;
import dev.polyphony.eventstore.crypto.EncryptedJson;
import dev.polyphony.privacy.store.RememberedKeys;
import dev.polyphony.shared.MessageOrigin;
import java.util.List;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.jdbc.DataSourceConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.correlation.MessageOriginProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.serialization.Serializer;

/** Commands through Axon's command bus and an event-sourced aggregate: everything that an application does but HTTP. */
record Commands(Configuration axon, CommandGateway gateway) implements Contender {
    private static final int CACHED = 50_000;
    private static final MetaData PROVENANCE = MessageOrigin.ofServer("bench").metaData();

    private static Serializer serializer() {
        return new NamedEventSerializer(
                new EventNames(List.of(Counter.Counted.class)), new EncryptedJson(new RememberedKeys()));
    }

    static Commands onOurStore(Node node) {
        return on(node.store());
    }

    /** On the engine that comes with Axon, with its defaults. */
    static Commands onAxonsEngine(HikariDataSource connections) {
        JdbcEventStorageEngine engine = JdbcEventStorageEngine.builder()
                .connectionProvider(
                        new UnitOfWorkAwareConnectionProviderWrapper(new DataSourceConnectionProvider(connections)))
                .transactionManager(NoTransactionManager.instance())
                .eventSerializer(serializer())
                .snapshotSerializer(serializer())
                .build();
        engine.createSchema(PostgresEventTableFactory.INSTANCE);
        return on(EmbeddedEventStore.builder().storageEngine(engine).build());
    }

    private static Commands on(EventStore store) {
        Configuration axon = DefaultConfigurer.defaultConfiguration(false)
                .configureSerializer(_ -> serializer())
                .configureEventSerializer(_ -> serializer())
                .configureMessageSerializer(_ -> serializer())
                .configureEventStore(_ -> store)
                .configureCorrelationDataProviders(_ -> List.of(
                        new MessageOriginProvider(),
                        new SimpleCorrelationDataProvider(PROVENANCE.keySet().toArray(String[]::new))))
                .configureAggregate(AggregateConfigurer.defaultConfiguration(Counter.class)
                        .configureCache(_ -> new AggregateCache(CACHED)))
                .start();
        return new Commands(axon, axon.commandGateway());
    }

    @Override
    public void create(String aggregateId) {
        gateway.sendAndWait(new Counter.Start(aggregateId), PROVENANCE);
    }

    @Override
    public void change(String aggregateId) {
        gateway.sendAndWait(new Counter.Count(aggregateId), PROVENANCE);
    }

    @Override
    public void close() {
        axon.shutdown();
    }
}
