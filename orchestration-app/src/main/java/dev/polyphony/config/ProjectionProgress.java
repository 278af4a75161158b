package dev.polyphony.config;

import dev.polyphony.eventstore.TokenTable;
import java.util.Collection;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.serialization.Serializer;
import org.jooq.DSLContext;
import org.springframework.beans.factory.ObjectProvider;

/** How far a projection has come: as this node knows it where all of it runs here, else as the nodes have stored it. */
final class ProjectionProgress {
    private final ObjectProvider<EventProcessingConfiguration> processing;
    private final DSLContext sql;
    private final Serializer serializer;

    ProjectionProgress(ObjectProvider<EventProcessingConfiguration> processing, DSLContext sql, Serializer serializer) {
        this.processing = processing;
        this.sql = sql;
        this.serializer = serializer;
    }

    /** True when the whole projection has handled everything up to the position. */
    boolean hasReached(String projection, long position) {
        Collection<EventTrackerStatus> segments = processing
                .getObject()
                .eventProcessor(projection, StreamingEventProcessor.class)
                .orElseThrow(() -> new IllegalStateException("there is no projection " + projection))
                .processingStatus()
                .values();
        return share(segments) >= 1
                ? segments.stream()
                        .allMatch(status -> status.getCurrentPosition().orElse(-1) >= position)
                : TokenTable.position(sql, serializer, projection) >= position;
    }

    private static double share(Collection<EventTrackerStatus> segments) {
        return segments.stream()
                .mapToDouble(status -> 1.0 / (status.getSegment().getMask() + 1))
                .sum();
    }
}
