package dev.polyphony.audit.projections.store;

import dev.polyphony.eventstore.axon.DeadLetterGate;
import dev.polyphony.eventstore.axon.EventHandlingException;
import dev.polyphony.eventstore.axon.SingleHandling;
import java.util.Optional;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.ErrorContext;
import org.axonframework.eventhandling.ErrorHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Goes once more over a batch that failed and was rolled back, each event now in a transaction of its own with its token. An
 * event that fails there for the third time in all is put aside, in the transaction that moves the token past it; so a
 * process that dies has done both or neither. A failure of the surroundings ends the batch instead: Axon lets go of the
 * segment and comes back to it after a wait, as often as it takes.
 */
@Component
class PerEventRetry implements ErrorHandler {
    static final int TRIES = 3;

    private static final Logger LOG = LoggerFactory.getLogger(PerEventRetry.class);

    private final Processors processors;
    private final TokenStore tokens;
    private final TransactionManager transactions;
    private final SingleHandling single;
    private final LastFailures failures;

    PerEventRetry(
            Processors processors,
            TokenStore tokens,
            TransactionManager transactions,
            SingleHandling single,
            LastFailures failures) {
        this.processors = processors;
        this.tokens = tokens;
        this.transactions = transactions;
        this.single = single;
        this.failures = failures;
    }

    @Override
    public void handleError(ErrorContext context) throws Exception {
        if (!(context.error() instanceof EventHandlingException failed)) {
            PropagatingErrorHandler.instance().handleError(context);
            return;
        }
        PooledStreamingEventProcessor processor = processors.get(context.eventProcessor());
        failures.remember(processor.getName(), failed);
        if (failed.isTransient()) {
            throw failed;
        }
        Segment segment = Segment.computeSegment(failed.segment(), tokens.fetchSegments(processor.getName()));
        for (EventMessage<?> event : context.failedEvents()) {
            handle((TrackedEventMessage<?>) event, new Place(processor, segment), failed);
        }
    }

    private record Place(PooledStreamingEventProcessor processor, Segment segment) {
        String name() {
            return processor.getName();
        }
    }

    private void handle(TrackedEventMessage<?> event, Place place, EventHandlingException before) {
        int tries = before.mayBlame(BlockedSequences.position(event)) ? 1 : 0;
        Optional<EventHandlingException> failure;
        do {
            failure = failureOf(event, place);
            tries++;
        } while (failure.isPresent() && tries < TRIES);
        if (failure.isPresent()) {
            park(event, place, failure.get());
        }
    }

    private Optional<EventHandlingException> failureOf(TrackedEventMessage<?> event, Place place) {
        try {
            return single.inTransaction(event, work -> {
                DeadLetterGate.enter(work, place.name(), place.segment());
                SingleHandling.handle(place.processor(), work, place.segment());
                storeToken(event, place);
                return Optional.empty();
            });
        } catch (EventHandlingException failed) {
            failures.remember(place.name(), failed);
            if (failed.isTransient()) {
                throw failed;
            }
            return Optional.of(failed);
        }
    }

    private void storeToken(TrackedEventMessage<?> event, Place place) {
        tokens.storeToken(event.trackingToken(), place.name(), place.segment().getSegmentId());
    }

    private void park(TrackedEventMessage<?> event, Place place, EventHandlingException failure) {
        transactions.executeInTransaction(() -> {
            processors
                    .blockedSequences(place.processor())
                    .park(event, place.segment().getSegmentId(), TRIES, failure);
            storeToken(event, place);
        });
        log(place.name(), failure);
    }

    /** Thousands may fail for one reason, and a stack trace repeats what an event said: it is for those who look for it. */
    private static void log(String processor, EventHandlingException failure) {
        LOG.warn(
                "{} has put the event at position {} aside as a dead letter: {}",
                processor,
                failure.position(),
                FailureSummary.of(failure));
        LOG.debug("the last try:", failure);
    }
}
