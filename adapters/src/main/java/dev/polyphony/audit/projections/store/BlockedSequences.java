package dev.polyphony.audit.projections.store;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * The sequences of one processor whose events must wait behind a dead letter. Looked up once for each batch, so that it is
 * right whichever node put the letter there or took it away.
 */
final class BlockedSequences {
    private static final String RESOURCE = BlockedSequences.class.getName();

    private final String processor;
    private final SequencingPolicy<? super EventMessage<?>> sequences;
    private final DeadLetterTable letters;

    BlockedSequences(String processor, SequencingPolicy<? super EventMessage<?>> sequences, DeadLetterTable letters) {
        this.processor = processor;
        this.sequences = sequences;
        this.letters = letters;
    }

    /** Puts the event behind the dead letters of its sequence, if there are any. */
    boolean takes(TrackedEventMessage<?> event, UnitOfWork<? extends EventMessage<?>> work) {
        Set<String> blocked = of(work);
        String sequence = sequence(event);
        if (!blocked.contains(sequence)) {
            return false;
        }
        if (!letters.staysBlocked(processor, sequence)) {
            blocked.remove(sequence);
            return false;
        }
        letters.park(processor, position(event), sequence);
        return true;
    }

    /** Puts aside an event that was tried in vain. */
    void park(TrackedEventMessage<?> event, int tries, Throwable cause) {
        letters.park(processor, position(event), sequence(event), tries, CauseOfDeath.of(cause));
    }

    /** Lets every event of the unit of work pass, because it works on the dead letters themselves. */
    static void ignore(UnitOfWork<?> work) {
        work.resources().put(RESOURCE, Set.of());
    }

    static long position(TrackedEventMessage<?> event) {
        return event.trackingToken().position().orElseThrow();
    }

    private Set<String> of(UnitOfWork<? extends EventMessage<?>> work) {
        return work.getOrComputeResource(
                RESOURCE,
                _ -> letters.blocked(
                        processor, batch(work).stream().map(this::sequence).collect(Collectors.toSet())));
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
