package dev.polyphony.config;

import java.util.Collection;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;

/** How far a projection has come on this node. */
final class ProjectionProgress {
    private ProjectionProgress() {}

    /** True when every segment of the projection runs on this node and has handled everything up to the position. */
    static boolean hasReached(EventProcessingConfiguration processing, String projection, long position) {
        Collection<EventTrackerStatus> segments = processing
                .eventProcessor(projection, StreamingEventProcessor.class)
                .orElseThrow(() -> new IllegalStateException("there is no projection " + projection))
                .processingStatus()
                .values();
        double share = segments.stream()
                .mapToDouble(status -> 1.0 / (status.getSegment().getMask() + 1))
                .sum();
        return share >= 1
                && segments.stream()
                        .allMatch(status -> status.getCurrentPosition().orElse(-1) >= position);
    }
}
