package dev.polyphony.eventstore;

import org.axonframework.common.caching.Cache;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;

/** How every aggregate is kept between its commands: in a bounded cache, and with a snapshot once its history is long. */
public final class Aggregates {
    private Aggregates() {}

    public static <A> AggregateConfigurer<A> cached(Class<A> type) {
        return AggregateConfigurer.defaultConfiguration(type)
                .configureCache(axon -> axon.getComponent(Cache.class))
                .configureSnapshotTrigger(axon -> axon.getComponent(SnapshotTriggerDefinition.class));
    }
}
