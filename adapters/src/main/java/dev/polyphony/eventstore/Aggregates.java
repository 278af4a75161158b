package dev.polyphony.eventstore;

import java.util.List;
import org.axonframework.common.caching.Cache;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.modelling.command.AggregateRoot;
import org.springframework.core.io.ResourceLoader;

/** How every aggregate is kept between its commands: in a bounded cache, and with a snapshot once its history is long. */
public final class Aggregates {
    private Aggregates() {}

    /**
     * Finds every class annotated with {@link AggregateRoot} below a package, so that nobody has to name it.
     *
     * @param context remembers what other scans of the same start have read
     */
    public static List<Class<?>> below(String basePackage, ResourceLoader context) {
        return AnnotatedClasses.below(basePackage, AggregateRoot.class, context);
    }

    public static <A> AggregateConfigurer<A> cached(Class<A> type) {
        return AggregateConfigurer.defaultConfiguration(type)
                .configureCache(axon -> axon.getComponent(Cache.class))
                .configureSnapshotTrigger(axon -> axon.getComponent(SnapshotTriggerDefinition.class));
    }
}
