package dev.polyphony.audit.projections.store;

import dev.polyphony.eventstore.axon.SegmentClaims;
import dev.polyphony.eventstore.axon.SequenceGuard;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * The sequences of one processor whose events must wait behind a dead letter. Looked up for each batch, so that it is right
 * whichever node put the dead letter there or took it away; but not while a segment is known to have none, because only the
 * holder of the segment puts any there.
 */
final class BlockedSequences implements SequenceGuard {
    private static final String RESOURCE = BlockedSequences.class.getName();
    private static final long NEVER = -1;

    private final String processor;
    private final SequencingPolicy<? super EventMessage<?>> sequences;
    private final DeadLetterTable deadLetters;
    private final SegmentClaims claims;

    /** The claims in which a segment was seen without deadLetters. */
    private final Map<Integer, Long> withoutDeadLetters = new ConcurrentHashMap<>();

    BlockedSequences(
            String processor,
            SequencingPolicy<? super EventMessage<?>> sequences,
            DeadLetterTable deadLetters,
            SegmentClaims claims) {
        this.processor = processor;
        this.sequences = sequences;
        this.deadLetters = deadLetters;
        this.claims = claims;
    }

    /** Puts the event behind the dead letters of its sequence, if there are any. */
    @Override
    public boolean isParked(TrackedEventMessage<?> event, int segment, UnitOfWork<? extends EventMessage<?>> work) {
        Set<String> blocked = work.getOrComputeResource(RESOURCE, _ -> blocked(segment, batch(work)));
        if (blocked.isEmpty()) {
            return false;
        }
        String sequence = sequence(event);
        if (!blocked.contains(sequence)) {
            return false;
        }
        if (!deadLetters.staysBlocked(processor, sequence)) {
            blocked.remove(sequence);
            return false;
        }
        deadLetters.park(processor, position(event), sequence);
        return true;
    }

    /** Parks an event for which every try has failed; for the holder of the segment. */
    void park(TrackedEventMessage<?> event, int segment, int tries, Throwable cause) {
        withoutDeadLetters.remove(segment);
        deadLetters.park(processor, position(event), sequence(event), tries, FailureSummary.of(cause));
    }

    /** Lets every event of the unit of work pass, because it works on the dead letters themselves. */
    static void ignore(UnitOfWork<?> work) {
        work.resources().put(RESOURCE, Set.of());
    }

    static long position(TrackedEventMessage<?> event) {
        return event.trackingToken().position().orElseThrow();
    }

    private Set<String> blocked(int segment, Collection<? extends EventMessage<?>> batch) {
        long term = claims.term(processor, segment);
        if (withoutDeadLetters.getOrDefault(segment, NEVER) == term) {
            return Set.of();
        }
        Set<String> blocked = deadLetters.blocked(
                processor, batch.stream().map(this::sequence).collect(Collectors.toSet()));
        if (blocked.isEmpty() && deadLetters.isEmpty(processor)) {
            withoutDeadLetters.put(segment, term);
        }
        return blocked;
    }

    private static Collection<? extends EventMessage<?>> batch(UnitOfWork<? extends EventMessage<?>> work) {
        return work instanceof BatchingUnitOfWork<? extends EventMessage<?>> batch
                ? batch.getMessages()
                : List.of(work.getMessage());
    }

    /** As Axon's own invoker has it. */
    private String sequence(Message<?> message) {
        Object sequence = message instanceof EventMessage<?> event ? sequences.getSequenceIdentifierFor(event) : null;
        return sequence == null ? message.getIdentifier() : sequence.toString();
    }
}
