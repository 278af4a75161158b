package dev.polyphony.audit.projections.store;

import dev.polyphony.audit.projections.Projection.Segment;
import dev.polyphony.eventstore.axon.StoredToken;
import dev.polyphony.eventstore.axon.TokenTable;
import dev.polyphony.shared.NodeId;
import java.util.List;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.serialization.Serializer;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/**
 * Measures a segment where it runs: by this node's own status when this node holds it, by the stored token when another
 * node does or nobody. The stored token is what whoever takes the segment next begins from.
 */
@Component
class Segments {
    private final DSLContext sql;
    private final Serializer serializer;
    private final NodeId here;
    private final LastFailures failures;

    Segments(DSLContext sql, Serializer serializer, NodeId here, LastFailures failures) {
        this.sql = sql;
        this.serializer = serializer;
        this.here = here;
        this.failures = failures;
    }

    List<Segment> of(PooledStreamingEventProcessor processor) {
        return TokenTable.tokens(sql, serializer, processor.getName()).stream()
                .map(stored -> segment(processor, stored))
                .toList();
    }

    private Segment segment(PooledStreamingEventProcessor processor, StoredToken stored) {
        EventTrackerStatus status = processor.processingStatus().get(stored.segment());
        if (status == null || !here.value().equals(stored.node())) {
            return segment(processor, stored, stored.position(), stored.isReplaying());
        }
        long position = status.getCurrentPosition().orElse(0);
        return segment(processor, stored, position, status.getResetPosition().orElse(0) > position);
    }

    private Segment segment(
            PooledStreamingEventProcessor processor, StoredToken stored, long position, boolean replaying) {
        return new Segment(
                stored.segment(),
                position,
                replaying,
                stored.node(),
                stored.node() == null ? null : stored.seenAt(),
                failures.at(processor.getName(), stored.segment(), position).orElse(null));
    }
}
