package dev.polyphony.audit.projections.store;

import dev.polyphony.audit.projections.Projection;
import dev.polyphony.audit.projections.Projection.Segment;
import dev.polyphony.audit.projections.Projections;
import java.util.List;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.stereotype.Component;

@Component
class AxonProjections implements Projections {
    private final Processors processors;
    private final EventStore history;
    private final Segments segments;
    private final DeadLetterTable deadLetters;
    private final Rebuild rebuild;

    AxonProjections(
            Processors processors,
            EventStore history,
            Segments segments,
            DeadLetterTable deadLetters,
            Rebuild rebuild) {
        this.processors = processors;
        this.history = history;
        this.segments = segments;
        this.deadLetters = deadLetters;
        this.rebuild = rebuild;
    }

    @Override
    public List<Projection> list() {
        return processors.all().stream().map(this::measured).toList();
    }

    @Override
    public Projection find(String name) {
        return measured(processors.get(name));
    }

    @Override
    public void replay(String name) {
        rebuild.begin(processors.replayable(name));
    }

    /** The head is read last: read first, a segment could be found ahead of it. */
    private Projection measured(PooledStreamingEventProcessor processor) {
        List<Segment> parts = segments.of(processor);
        long position = parts.stream().mapToLong(Segment::position).min().orElse(0);
        long head = head();
        return new Projection(
                processor.getName(),
                processor.supportsReset(),
                parts.stream().anyMatch(Segment::replaying),
                position,
                head,
                head - position,
                deadLetters.count(processor.getName()),
                parts);
    }

    private long head() {
        TrackingToken head = history.createHeadToken();
        return head == null ? 0 : head.position().orElse(0);
    }
}
