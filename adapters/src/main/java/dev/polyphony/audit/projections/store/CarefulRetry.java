package dev.polyphony.audit.projections.store;

import java.util.List;
import java.util.Optional;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.ErrorContext;
import org.axonframework.eventhandling.ErrorHandler;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Goes once more over a batch that failed and was rolled back, in a new transaction with a savepoint before each event. An
 * event that fails there for the third time in all is put aside, in the transaction that moves the token past it; so a
 * process that dies has done both or neither. A failure of the surroundings ends the batch instead: Axon lets go of the
 * segment and comes back to it after a wait, as often as it takes.
 */
@Component
class CarefulRetry implements ErrorHandler {
    static final int TRIES = 3;

    private static final Logger LOG = LoggerFactory.getLogger(CarefulRetry.class);

    private final Processors processors;
    private final TokenStore tokens;
    private final TransactionManager transactions;
    private final Trial trial;
    private final LastFailures failures;

    CarefulRetry(
            Processors processors,
            TokenStore tokens,
            TransactionManager transactions,
            Trial trial,
            LastFailures failures) {
        this.processors = processors;
        this.tokens = tokens;
        this.transactions = transactions;
        this.trial = trial;
        this.failures = failures;
    }

    @Override
    public void handleError(ErrorContext context) throws Exception {
        if (!(context.error() instanceof HandlingFailed failed)) {
            PropagatingErrorHandler.instance().handleError(context);
            return;
        }
        failures.remember(context.eventProcessor(), failed);
        if (failed.isTransient()) {
            throw failed;
        }
        PooledStreamingEventProcessor processor = processors.get(context.eventProcessor());
        Segment segment = Segment.computeSegment(failed.segment(), tokens.fetchSegments(processor.getName()));
        List<TrackedEventMessage<?>> batch = context.failedEvents().stream()
                .<TrackedEventMessage<?>>map(TrackedEventMessage.class::cast)
                .toList();
        retry(new Stretch(processor, segment, batch, failed.position()));
    }

    /** A batch of one segment, and what failed in it. */
    private record Stretch(
            PooledStreamingEventProcessor processor,
            Segment segment,
            List<TrackedEventMessage<?>> batch,
            long failedAt) {
        /** How often the event has been tried before. */
        int triesOf(TrackedEventMessage<?> event) {
            return BlockedSequences.position(event) == failedAt ? 1 : 0;
        }
    }

    private void retry(Stretch stretch) throws Exception {
        BatchingUnitOfWork<TrackedEventMessage<?>> work = new BatchingUnitOfWork<>(stretch.batch());
        work.start();
        work.attachTransaction(transactions);
        work.onPrepareCommit(_ -> tokens.storeToken(
                stretch.batch().getLast().trackingToken(),
                stretch.processor().getName(),
                stretch.segment().getSegmentId()));
        ResultMessage<?> result = work.executeWithResult(() -> {
            handle(stretch, work);
            return null;
        });
        if (result.isExceptional()) {
            throw failure(stretch, result.exceptionResult());
        }
    }

    private void handle(Stretch stretch, BatchingUnitOfWork<TrackedEventMessage<?>> work) {
        TrackedEventMessage<?> event = work.getMessage();
        BlockedSequences blocked = processors.blockedSequences(stretch.processor());
        if (blocked.takes(event, work)) {
            return;
        }
        int tries = stretch.triesOf(event);
        Optional<HandlingFailed> failure;
        do {
            failure = trial.of(stretch.processor(), work, stretch.segment());
            tries++;
        } while (failure.isPresent() && tries < TRIES);
        if (failure.isPresent()) {
            blocked.park(event, tries, failure.get(), work);
            tell(stretch.processor().getName(), failure.get());
        }
    }

    /** Thousands may fail for one reason, and a stack trace repeats what an event said: it is for those who look for it. */
    private static void tell(String processor, HandlingFailed failure) {
        LOG.warn(
                "{} has put the event at position {} aside as a dead letter: {}",
                processor,
                failure.position(),
                CauseOfDeath.of(failure));
        LOG.debug("the last try:", failure);
    }

    private Exception failure(Stretch stretch, Throwable failure) {
        if (failure instanceof HandlingFailed failed) {
            failures.remember(stretch.processor().getName(), failed);
        }
        return failure instanceof Exception exception ? exception : new IllegalStateException(failure);
    }
}
