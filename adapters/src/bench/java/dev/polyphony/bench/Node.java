package dev.polyphony.bench;

import dev.polyphony.eventstore.PostgresEventStore;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** One node of the product without its web part: its history, commands and processors, wired as the server wires them. */
final class Node implements AutoCloseable {
    private final AnnotationConfigApplicationContext parts = new AnnotationConfigApplicationContext();
    private final Configuration axon;

    /** @param projections the types of the projections that follow the history here once it is started */
    Node(Database database, Class<?>... projections) {
        parts.registerBean(Database.class, () -> database);
        parts.register(NodeParts.class);
        parts.refresh();
        Configurer configurer = parts.getBean(Configurer.class);
        for (Class<?> projection : projections) {
            configurer.eventProcessing().registerEventHandler(_ -> parts.getBean(projection));
        }
        axon = configurer.buildConfiguration();
        parts.getBeanFactory().registerSingleton("processing", axon.eventProcessingConfiguration());
    }

    void start() {
        axon.start();
    }

    PostgresEventStore store() {
        return parts.getBean(PostgresEventStore.class);
    }

    Configuration axon() {
        return axon;
    }

    <P> P part(Class<P> type) {
        return parts.getBean(type);
    }

    PooledStreamingEventProcessor processor(String name) {
        return axon.eventProcessingConfiguration()
                .eventProcessor(name, PooledStreamingEventProcessor.class)
                .orElseThrow();
    }

    @Override
    public void close() {
        axon.shutdown();
        parts.close();
    }
}
