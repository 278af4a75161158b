package dev.polyphony.eventstore;

import dev.polyphony.eventstore.axon.StoredToken;
import dev.polyphony.eventstore.axon.TokenTable;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.jooq.DSLContext;

/**
 * How far a projection has come: as this node knows it where all of it runs here, else as the nodes have stored it. A segment moves
 * its position with work of its own, or a little later; what lies between that and the wanted one may concern other segments: it is examined.
 */
public final class ProjectionProgress {
    /** A segment that is farther behind is at work, and stores its position soon. */
    private static final int MAX_EXAMINED = 1_000;

    private final Supplier<EventProcessingConfiguration> processing;
    private final EventStore history;
    private final DSLContext sql;
    private final Serializer serializer;

    /** @param processing is asked when somebody waits */
    public ProjectionProgress(
            Supplier<EventProcessingConfiguration> processing,
            EventStore history,
            DSLContext sql,
            Serializer serializer) {
        this.processing = processing;
        this.history = history;
        this.sql = sql;
        this.serializer = serializer;
    }

    /** True when the whole projection has handled everything up to the position. */
    public boolean hasReached(String projection, long position) {
        PooledStreamingEventProcessor processor = processing
                .get()
                .eventProcessor(projection, PooledStreamingEventProcessor.class)
                .orElseThrow(() -> new IllegalStateException("there is no projection " + projection));
        Collection<EventTrackerStatus> here = processor.processingStatus().values();
        return share(here) >= 1
                ? here.stream()
                        .allMatch(status -> hasReached(
                                processor,
                                status.getSegment(),
                                status.getCurrentPosition().orElse(-1),
                                position))
                : hasReachedElsewhere(processor, position);
    }

    private static double share(Collection<EventTrackerStatus> segments) {
        return segments.stream()
                .mapToDouble(status -> 1.0 / (status.getSegment().getMask() + 1))
                .sum();
    }

    private boolean hasReachedElsewhere(PooledStreamingEventProcessor processor, long position) {
        List<StoredToken> tokens = TokenTable.tokens(sql, serializer, processor.getName());
        int[] segments = tokens.stream().mapToInt(StoredToken::segment).toArray();
        return !tokens.isEmpty()
                && tokens.stream()
                        .allMatch(token -> hasReached(
                                processor,
                                Segment.computeSegment(token.segment(), segments),
                                token.position(),
                                position));
    }

    /** @param position how far the segment has come */
    private boolean hasReached(PooledStreamingEventProcessor processor, Segment segment, long position, long wanted) {
        return position >= wanted || concernsOtherSegmentsOnly(processor, segment, position, wanted);
    }

    /** False also when this node does not know all of the events yet. */
    private boolean concernsOtherSegmentsOnly(
            PooledStreamingEventProcessor processor, Segment segment, long after, long wanted) {
        if (wanted - after > MAX_EXAMINED) {
            return false;
        }
        long seen = after;
        try (BlockingStream<TrackedEventMessage<?>> events =
                history.openStream(new GlobalSequenceTrackingToken(after))) {
            while (seen < wanted && events.hasNextAvailable()) {
                TrackedEventMessage<?> event = events.nextAvailable();
                if (processor.eventHandlerInvoker().canHandle(event, segment)) {
                    return false;
                }
                seen = event.trackingToken().position().orElseThrow();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        return seen >= wanted;
    }
}
