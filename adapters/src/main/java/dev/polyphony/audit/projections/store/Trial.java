package dev.polyphony.audit.projections.store;

import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.AbstractEventProcessor;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.DefaultInterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** One try of one event behind a savepoint: what its handlers wrote is kept when they succeed and undone when they fail. */
@Component
class Trial {
    private final TransactionTemplate savepoint;

    Trial(PlatformTransactionManager transactions) {
        savepoint = new TransactionTemplate(transactions);
        savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /**
     * @param work has the event, and a transaction
     * @return why the handlers failed; empty when they did not
     * @throws HandlingFailed when that says nothing about the event; the transaction is then of no more use
     */
    Optional<HandlingFailed> of(
            AbstractEventProcessor processor, UnitOfWork<TrackedEventMessage<?>> work, Segment segment) {
        try {
            savepoint.executeWithoutResult(_ -> handle(processor, work, segment));
            return Optional.empty();
        } catch (HandlingFailed failed) {
            if (failed.isTransient()) {
                throw failed;
            }
            return Optional.of(failed);
        }
    }

    private static void handle(
            AbstractEventProcessor processor, UnitOfWork<TrackedEventMessage<?>> work, Segment segment) {
        try {
            new DefaultInterceptorChain<EventMessage<?>>(work, interceptors(processor), event -> {
                        processor.eventHandlerInvoker().handle(event, segment);
                        return Optional.empty();
                    })
                    .proceed();
        } catch (Throwable failure) {
            throw new HandlingFailed(segment.getSegmentId(), BlockedSequences.position(work.getMessage()), failure);
        }
    }

    private static List<MessageHandlerInterceptor<? super EventMessage<?>>> interceptors(
            AbstractEventProcessor processor) {
        return processor.getHandlerInterceptors().stream()
                .filter(interceptor -> !(interceptor instanceof DeadLetterGate))
                .toList();
    }
}
