package dev.polyphony.config;

import dev.polyphony.eventstore.EventNames;
import dev.polyphony.eventstore.NamedEventSerializer;
import dev.polyphony.eventstore.PostgresEventStorageEngine;
import dev.polyphony.eventstore.PromptEventStore;
import dev.polyphony.eventstore.ReadYourWrites;
import dev.polyphony.eventstore.TokenTable;
import dev.polyphony.eventstore.seal.SealedJson;
import dev.polyphony.privacy.SubjectKeys;
import dev.polyphony.shared.NodeId;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.commandhandling.gateway.IntervalRetryScheduler;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.jooq.DSLContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Puts Axon on our store: one serializer, one history, pooled projections that never skip an event. */
@Configuration(proxyBeanMethods = false)
class AxonConfig {
    private static final int SEGMENTS = 4;
    private static final int CONFLICT_RETRIES = 5;
    private static final int CONFLICT_PAUSE_MILLIS = 20;

    @Bean
    EventNames eventNames() {
        return EventNames.below("dev.polyphony");
    }

    @Bean
    SealedJson sealedJson(SubjectKeys keys) {
        return new SealedJson(keys);
    }

    @Bean
    @Primary
    NamedEventSerializer serializer(EventNames names, SealedJson json) {
        return new NamedEventSerializer(names, json);
    }

    @Bean
    EventStorageEngine eventStorageEngine(DSLContext sql, Serializer serializer) {
        return new PostgresEventStorageEngine(sql, serializer);
    }

    @Bean(destroyMethod = "shutDown")
    PromptEventStore eventStore(EventStorageEngine engine) {
        return new PromptEventStore(engine);
    }

    /** A process that holds the database for itself need not wait until the claims of a killed one expire. */
    @Bean
    TokenStore tokenStore(
            DataSource database,
            Serializer serializer,
            DSLContext sql,
            NodeId here,
            ObjectProvider<OwnDatabase> ownDatabase) {
        if (ownDatabase.getIfAvailable() != null) {
            TokenTable.releaseClaims(sql);
        }
        return TokenTable.store(new SpringDataSourceConnectionProvider(database), serializer, here.value());
    }

    @Bean
    CorrelationDataProvider provenance() {
        return new ProvenanceOfMessages();
    }

    @Bean
    ConfigurerModule processors() {
        return configurer -> configurer
                .eventProcessing()
                .usingPooledStreamingEventProcessors((_, processor) -> processor.initialSegmentCount(SEGMENTS))
                .registerDefaultListenerInvocationErrorHandler(_ -> PropagatingErrorHandler.instance());
    }

    /** Two nodes may decide on the same aggregate at once; the loser decides again on the newer state. */
    @Bean
    @Primary
    CommandGateway commandGateway(CommandBus bus) {
        CommandGateway gateway = DefaultCommandGateway.builder()
                .commandBus(bus)
                .retryScheduler(IntervalRetryScheduler.builder()
                        .retryExecutor(Executors.newSingleThreadScheduledExecutor(
                                Thread.ofVirtual().name("command-retry").factory()))
                        .nonTransientFailurePredicate(failure -> !(failure instanceof ConcurrencyException))
                        .maxRetryCount(CONFLICT_RETRIES)
                        .retryInterval(CONFLICT_PAUSE_MILLIS)
                        .build())
                .build();
        gateway.registerDispatchInterceptor(new ProvenanceOfCaller());
        return gateway;
    }

    @Bean
    ReadYourWrites readYourWrites(
            ObjectProvider<EventProcessingConfiguration> processing, DSLContext sql, Serializer serializer) {
        return new ReadYourWrites(new ProjectionProgress(processing, sql, serializer)::hasReached);
    }
}
