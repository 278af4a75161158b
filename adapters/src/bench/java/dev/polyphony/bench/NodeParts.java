package dev.polyphony.bench;

import com.zaxxer.hikari.HikariDataSource;
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
import dev.polyphony.eventstore.crypto.DerivedKeys;
import dev.polyphony.eventstore.crypto.EncryptedJson;
import dev.polyphony.eventstore.crypto.SubjectKeyring;
import dev.polyphony.eventstore.log.EventLog;
import dev.polyphony.eventstore.upcasters.Upcasters;
import dev.polyphony.privacy.store.KeyWrap;
import dev.polyphony.shared.NodeId;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.caching.Cache;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The parts of a node as the server puts them together in {@code AxonConfig}, with the same numbers. */
@Configuration(proxyBeanMethods = false)
@ComponentScan(
        lazyInit = true, // of the stores only those that a benchmark asks for
        basePackages = {
            "dev.polyphony.audit.projections.store",
            "dev.polyphony.bench",
            "dev.polyphony.identity.store",
            "dev.polyphony.privacy.store"
        })
class NodeParts {
    private static final int POOL = 24;
    private static final int SEGMENTS = 2;
    private static final int BATCH = 500;
    private static final int CACHED_AGGREGATES = 10_000;
    private static final int MASTER_KEY_BYTES = 32;
    private static final String NAME = "bench";

    @Bean
    HikariDataSource connections(Database database) {
        return database.pool(POOL);
    }

    @Bean
    DSLContext sql(DataSource connections) {
        return DSL.using(new TransactionAwareDataSourceProxy(connections), SQLDialect.POSTGRES);
    }

    @Bean
    JdbcTransactionManager springTransactions(DataSource connections) {
        return new JdbcTransactionManager(connections);
    }

    @Bean
    SpringTransactionManager transactions(PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }

    @Bean
    NodeId here() {
        return new NodeId(NAME);
    }

    /** Every process of a benchmark decrypts what another has encrypted. */
    @Bean
    KeyWrap keyWrap() {
        return new KeyWrap(new DerivedKeys(new byte[MASTER_KEY_BYTES]));
    }

    @Bean
    NamedEventSerializer serializer(SubjectKeyring keys) {
        return new NamedEventSerializer(EventNames.below("dev.polyphony"), new EncryptedJson(keys));
    }

    @Bean
    EventLog log(DSLContext sql, Database database) {
        return new EventLog(sql, database.unpooled());
    }

    @Bean
    PostgresEventStore store(EventLog log, Serializer serializer, DSLContext sql) {
        return new PostgresEventStore(log, new EventMessages(serializer, Upcasters.chain()), new Snapshots(sql));
    }

    @Bean
    SegmentClaims segmentClaims(NodeId here) {
        return new SegmentClaims(here.value());
    }

    @Bean
    TokenStore tokens(DataSource connections, Serializer serializer, SegmentClaims claims) {
        return TokenTable.store(new SpringDataSourceConnectionProvider(connections), serializer, claims);
    }

    @Bean
    ReadYourWrites readYourWrites(
            ObjectProvider<EventProcessingConfiguration> processing,
            PostgresEventStore history,
            DSLContext sql,
            Serializer serializer) {
        return new ReadYourWrites(new ProjectionProgress(processing::getObject, history, sql, serializer)::hasReached);
    }

    @Bean
    Configurer axon(
            PostgresEventStore store,
            Serializer serializer,
            TokenStore tokens,
            SpringTransactionManager transactions,
            ConfigurerModule deadLetters) {
        Configurer axon = DefaultConfigurer.defaultConfiguration(false)
                .configureSerializer(_ -> serializer)
                .configureEventSerializer(_ -> serializer)
                .configureMessageSerializer(_ -> serializer)
                .configureEventStore(_ -> store)
                .configureCommandBus(NodeParts::withoutTransactions)
                .configureTransactionManager(_ -> transactions)
                .registerComponent(TokenStore.class, _ -> tokens)
                .registerComponent(Cache.class, _ -> new AggregateCache(CACHED_AGGREGATES))
                .registerComponent(SnapshotTriggerDefinition.class, _ -> NoSnapshotTriggerDefinition.INSTANCE)
                .configureCorrelationDataProviders(_ -> List.of(OriginCorrelation.provider()))
                .configureAggregate(Aggregates.cached(NewKey.class));
        axon.registerModule(new DirectInvocation());
        axon.eventProcessing()
                .usingPooledStreamingEventProcessors((node, processor) -> ProcessorThreads.in(node, processor)
                        .initialSegmentCount(SEGMENTS)
                        .batchSize(BATCH)
                        .enableCoordinatorClaimExtension())
                .registerDefaultListenerInvocationErrorHandler(_ -> PropagatingErrorHandler.instance());
        deadLetters.configureModule(axon);
        return axon;
    }

    private static CommandBus withoutTransactions(org.axonframework.config.Configuration axon) {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(axon.correlationDataProviders()));
        return bus;
    }
}
