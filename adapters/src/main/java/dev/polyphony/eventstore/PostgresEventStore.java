package dev.polyphony.eventstore;

import dev.polyphony.eventstore.chain.StoredEvent;
import dev.polyphony.eventstore.log.EventLog;
import dev.polyphony.eventstore.log.SequenceConflict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.AbstractEventBus;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * Axon's event store on our log. What a command decides is appended in the COMMIT phase of its unit of work, when nothing else
 * can fail any more, and outside any other transaction.
 */
public final class PostgresEventStore extends AbstractEventBus implements EventStore {
    private static final int PAGE = 500;

    /** An aggregate with fewer events is read without looking for a snapshot. */
    static final int SNAPSHOT_LOOKUP = 20;

    private static final String STAGED_EVENTS = PostgresEventStore.class.getName() + ".staged";
    private final EventLog log;
    private final EventMessages messages;
    private final Snapshots snapshots;

    public PostgresEventStore(EventLog log, EventMessages messages, Snapshots snapshots) {
        super(new BusBuilder());
        this.log = log;
        this.messages = messages;
        this.snapshots = snapshots;
    }

    @Override
    protected void prepareCommit(List<? extends EventMessage<?>> events) {
        super.prepareCommit(events);
        if (CurrentUnitOfWork.isStarted()) {
            stagedIn(CurrentUnitOfWork.get().root()).addAll(events);
        } else {
            append(events);
        }
    }

    /**
     * The events of everything that happens in one outermost unit of work. In that of an event processor they come before the
     * commit of its token, not after: a process that dies in between repeats a command and loses none.
     */
    private List<EventMessage<?>> stagedIn(UnitOfWork<?> root) {
        return root.getOrComputeResource(STAGED_EVENTS, _ -> {
            List<EventMessage<?>> staged = new ArrayList<>();
            if (root.getMessage() instanceof EventMessage) {
                root.onPrepareCommit(_ -> {
                    root.resources().remove(STAGED_EVENTS);
                    append(staged);
                });
            } else {
                root.onCommit(_ -> append(staged));
            }
            return staged;
        });
    }

    private void append(List<? extends EventMessage<?>> events) {
        if (events.isEmpty()) {
            return;
        }
        try {
            ReadYourWrites.written(
                    log.append(events.stream().map(messages::content).toList()));
        } catch (SequenceConflict taken) {
            throw taken.sequence() == 0
                    ? new AggregateStreamCreationException(taken.getMessage(), taken)
                    : new ConcurrencyException(taken.getMessage(), taken);
        }
    }

    /** Most aggregates are short or new: one query is enough for them, and a snapshot would save nothing. */
    @Override
    public DomainEventStream readEvents(String aggregateId) {
        List<StoredEvent> beginning = log.ofAggregate(aggregateId, 0, SNAPSHOT_LOOKUP);
        if (beginning.size() < SNAPSHOT_LOOKUP) {
            return DomainEventStream.concat(
                    messages.ofAggregate(beginning.stream()), DomainEventStream.of(staged(aggregateId)));
        }
        Optional<DomainEventMessage<?>> snapshot = snapshots.read(aggregateId);
        long first = snapshot.map(taken -> taken.getSequenceNumber() + 1).orElse(0L);
        return DomainEventStream.concat(DomainEventStream.of(snapshot.stream()), readEvents(aggregateId, first));
    }

    @Override
    public DomainEventStream readEvents(String aggregateId, long firstSequence) {
        return DomainEventStream.concat(
                messages.ofAggregate(stored(aggregateId, firstSequence)),
                DomainEventStream.of(staged(aggregateId).filter(event -> event.getSequenceNumber() >= firstSequence)));
    }

    private Stream<StoredEvent> stored(String aggregateId, long firstSequence) {
        return Stream.iterate(
                        log.ofAggregate(aggregateId, firstSequence, PAGE),
                        page -> !page.isEmpty(),
                        page -> page.size() < PAGE
                                ? List.of()
                                : log.ofAggregate(
                                        aggregateId, page.getLast().content().sequence() + 1, PAGE))
                .flatMap(List::stream);
    }

    /** What the current unit of work has applied and not appended yet. */
    private Stream<DomainEventMessage<?>> staged(String aggregateId) {
        return queuedMessages().stream()
                .filter(DomainEventMessage.class::isInstance)
                .<DomainEventMessage<?>>map(event -> (DomainEventMessage<?>) event)
                .filter(event -> aggregateId.equals(event.getAggregateIdentifier()));
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        snapshots.store(snapshot);
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateId) {
        return staged(aggregateId)
                .map(DomainEventMessage::getSequenceNumber)
                .max(Long::compareTo)
                .or(() -> log.lastSequence(aggregateId));
    }

    @Override
    public TrackingEventStream openStream(@Nullable TrackingToken token) {
        long after = token == null ? 0 : token.position().orElse(0);
        return new HistoryStream(log, after, messages);
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return null;
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(log.head());
    }

    @Override
    public TrackingToken createTokenAt(Instant time) {
        return new GlobalSequenceTrackingToken(
                log.firstSince(time).map(first -> first - 1).orElseGet(log::head));
    }

    private static final class BusBuilder extends AbstractEventBus.Builder {}
}
