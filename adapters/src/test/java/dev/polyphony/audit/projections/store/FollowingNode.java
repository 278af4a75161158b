package dev.polyphony.audit.projections.store;

import static dev.polyphony.workflows.WorkflowRunExamples.lookStarted;

import dev.polyphony.audit.projections.DeadLetters;
import dev.polyphony.audit.projections.Projections;
import dev.polyphony.eventstore.StoredHistory;
import dev.polyphony.eventstore.axon.DirectInvocation;
import dev.polyphony.eventstore.axon.ProcessorThreads;
import dev.polyphony.eventstore.axon.SegmentClaims;
import dev.polyphony.eventstore.axon.SingleHandling;
import dev.polyphony.eventstore.axon.TokenTable;
import dev.polyphony.postgres.TestDatabase;
import dev.polyphony.shared.NodeId;
import java.util.Collections;
import java.util.List;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.serialization.Serializer;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/** One of the nodes that follow one history: Axon's processors with our parts, around the handlers of a test. */
final class FollowingNode implements AutoCloseable {
    private static final int SEGMENTS = 4;
    private static final int CLAIM_MILLIS = 100;

    private final DSLContext sql;
    private final StoredHistory history;
    private final TransactionManager transactions;
    private final Configuration axon;
    private final Projections projections;
    private final DeadLetters deadLetters;

    FollowingNode(String name, TestDatabase database, int batchSize, Object... handlers) {
        var connections = new TransactionAwareDataSourceProxy(database.dataSource());
        PlatformTransactionManager spring = new DataSourceTransactionManager(database.dataSource());
        Serializer serializer = StoredHistory.serializer();
        sql = inTransactions(database);
        transactions = new SpringTransactions(spring);
        history = StoredHistory.in(database);
        var claims = new SegmentClaims(name);
        TokenStore tokens = TokenTable.store(connections::getConnection, serializer, claims);
        var processors = new Processors(new ObjectProvider<>() {
            @Override
            public EventProcessingConfiguration getObject() {
                return axon.eventProcessingConfiguration();
            }
        });
        var table = new DeadLetterTable(sql);
        var single = new SingleHandling(transactions);
        var failures = new LastFailures();
        var locks = new LockRetry(sql);
        var module =
                new DeadLettering(table, claims, new PerEventRetry(processors, tokens, transactions, single, failures));
        projections = new AxonProjections(
                processors,
                history.store(),
                new Segments(sql, serializer, new NodeId(name), failures),
                table,
                new Rebuild(sql, transactions, table, locks));
        deadLetters = new AxonDeadLetters(
                processors, table, new Redelivery(history.store(), single, table, locks), transactions, locks);
        axon = axon(tokens, batchSize, module, List.of(handlers));
        axon.start();
    }

    /** SQL that takes part in the transaction of whoever calls. */
    static DSLContext inTransactions(TestDatabase database) {
        return DSL.using(new TransactionAwareDataSourceProxy(database.dataSource()), SQLDialect.POSTGRES);
    }

    private Configuration axon(TokenStore tokens, int batchSize, DeadLettering module, List<Object> handlers) {
        var configurer = DefaultConfigurer.defaultConfiguration(false)
                .configureEventStore(_ -> history.store())
                .configureTransactionManager(_ -> transactions)
                .registerComponent(TokenStore.class, _ -> tokens);
        configurer.registerModule(new DirectInvocation());
        configurer
                .eventProcessing()
                .usingPooledStreamingEventProcessors((node, processor) -> ProcessorThreads.in(node, processor)
                        .initialSegmentCount(SEGMENTS)
                        .batchSize(batchSize)
                        .tokenClaimInterval(CLAIM_MILLIS)
                        .claimExtensionThreshold(CLAIM_MILLIS)
                        .enableCoordinatorClaimExtension())
                .registerDefaultListenerInvocationErrorHandler(_ -> PropagatingErrorHandler.instance());
        module.configureModule(configurer);
        handlers.forEach(handler -> configurer.eventProcessing().registerEventHandler(_ -> handler));
        return configurer.buildConfiguration();
    }

    Projections projections() {
        return projections;
    }

    DeadLetters deadLetters() {
        return deadLetters;
    }

    PooledStreamingEventProcessor processor(String name) {
        return axon.eventProcessingConfiguration()
                .eventProcessor(name, PooledStreamingEventProcessor.class)
                .orElseThrow();
    }

    /** Appends events to the history of an aggregate, all at once. */
    void happen(String aggregate, int firstSequence, int count) {
        List<DomainEventMessage<?>> facts = StoredHistory.facts(
                "workflow",
                aggregate,
                firstSequence,
                Collections.nCopies(count, lookStarted()).toArray());
        history.store().publish(facts);
    }

    boolean isCaughtUp(String name) {
        return projections.find(name).lag() == 0;
    }

    @Override
    public void close() {
        axon.shutdown();
        history.close();
    }

    /** What axon-spring does. */
    private record SpringTransactions(PlatformTransactionManager spring) implements TransactionManager {
        @Override
        public Transaction startTransaction() {
            TransactionStatus status = spring.getTransaction(new DefaultTransactionDefinition());
            return new Transaction() {
                @Override
                public void commit() {
                    spring.commit(status);
                }

                @Override
                public void rollback() {
                    if (!status.isCompleted()) {
                        spring.rollback(status);
                    }
                }
            };
        }
    }
}
