package dev.polyphony.config;

import dev.polyphony.eventstore.PromptEventStore;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Notices what other nodes have committed, ten times a second. A process with a database of its own has no others. */
@Component
class OtherNodes {
    private static final Logger LOG = LoggerFactory.getLogger(OtherNodes.class);

    private final EventStorageEngine engine;
    private final PromptEventStore events;
    private final boolean exist;
    private @Nullable TrackingToken seen;

    OtherNodes(EventStorageEngine engine, PromptEventStore events, ObjectProvider<OwnDatabase> ownDatabase) {
        this.engine = engine;
        this.events = events;
        this.exist = ownDatabase.getIfAvailable() == null;
    }

    @Scheduled(fixedDelay = 100)
    void look() {
        if (!exist) {
            return;
        }
        try {
            TrackingToken head = engine.createHeadToken();
            if (!head.equals(seen)) {
                seen = head;
                events.tellFollowers();
            }
        } catch (RuntimeException unavailable) {
            LOG.debug("cannot look at the head of the history now: {}", unavailable.toString());
        }
    }
}
