package dev.polyphony.audit.projections.store;

import java.util.Optional;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.stereotype.Component;

/** Gives the event of a dead letter to its processor once more, in one transaction with what becomes of the letter. */
@Component
class Redelivery {
    private final EventStore history;
    private final TransactionManager transactions;
    private final DeadLetterTable letters;
    private final Trial trial;
    private final Contention contention;

    Redelivery(
            EventStore history,
            TransactionManager transactions,
            DeadLetterTable letters,
            Trial trial,
            Contention contention) {
        this.history = history;
        this.transactions = transactions;
        this.letters = letters;
        this.trial = trial;
        this.contention = contention;
    }

    enum Outcome {
        /** The letter is gone. */
        HANDLED,
        /** The letter counts one try more. */
        FAILED,
        /** Somebody else was faster; nothing was done. */
        GONE
    }

    Outcome of(PooledStreamingEventProcessor processor, long position) {
        UnitOfWork<TrackedEventMessage<?>> work = DefaultUnitOfWork.startAndGet(event(position));
        work.attachTransaction(transactions);
        ResultMessage<Outcome> result = work.executeWithResult(() -> attempt(processor, position, work));
        if (result.isExceptional()) {
            throw unchecked(result.exceptionResult());
        }
        return result.getPayload();
    }

    private Outcome attempt(
            PooledStreamingEventProcessor processor, long position, UnitOfWork<TrackedEventMessage<?>> work) {
        contention.waitBriefly();
        if (!letters.lock(processor.getName(), position)) {
            return Outcome.GONE;
        }
        Optional<HandlingFailed> failure = trial.of(processor, work, Segment.ROOT_SEGMENT);
        if (failure.isPresent()) {
            letters.failedAgain(processor.getName(), position, CauseOfDeath.of(failure.get()));
            return Outcome.FAILED;
        }
        letters.delete(processor.getName(), position);
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

    private static RuntimeException unchecked(Throwable failure) {
        return failure instanceof RuntimeException expected ? expected : new IllegalStateException(failure);
    }
}
