package dev.polyphony.audit.projections.store;

import dev.polyphony.eventstore.axon.DeadLetterGate;
import dev.polyphony.eventstore.axon.EventHandlingException;
import dev.polyphony.eventstore.axon.SingleHandling;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.stereotype.Component;

/** Gives the event of a dead letter to its processor once more. */
@Component
class Redelivery {
    private final EventStore history;
    private final SingleHandling single;
    private final DeadLetterTable deadLetters;
    private final LockRetry locks;

    Redelivery(EventStore history, SingleHandling single, DeadLetterTable deadLetters, LockRetry locks) {
        this.history = history;
        this.single = single;
        this.deadLetters = deadLetters;
        this.locks = locks;
    }

    enum Outcome {
        /** The dead letter is gone. */
        HANDLED,
        /** The dead letter counts one try more. */
        FAILED,
        /** Another call was faster; nothing was done. */
        GONE
    }

    Outcome of(PooledStreamingEventProcessor processor, long position) {
        try {
            return single.inTransaction(event(position), work -> succeeds(processor, position, work));
        } catch (EventHandlingException failed) {
            if (failed.isTransient()) {
                throw failed;
            }
            deadLetters.failedAgain(processor.getName(), position, FailureSummary.of(failed));
            return Outcome.FAILED;
        }
    }

    /** The dead letter goes in the transaction that handles its event. It is locked from the beginning, against other retries. */
    private Outcome succeeds(
            PooledStreamingEventProcessor processor, long position, UnitOfWork<TrackedEventMessage<?>> work) {
        locks.setLockTimeout();
        if (!deadLetters.lock(processor.getName(), position)) {
            return Outcome.GONE;
        }
        BlockedSequences.ignore(work);
        DeadLetterGate.enter(work, processor.getName(), Segment.ROOT_SEGMENT);
        SingleHandling.handle(processor, work, Segment.ROOT_SEGMENT);
        deadLetters.delete(processor.getName(), position);
        return Outcome.HANDLED;
    }

    private TrackedEventMessage<?> event(long position) {
        try (BlockingStream<TrackedEventMessage<?>> events =
                history.openStream(new GlobalSequenceTrackingToken(position - 1))) {
            return events.nextAvailable();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading the event at position " + position, hurry);
        }
    }
}
