package dev.polyphony.eventstore.axon;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.AbstractEventProcessor;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.DefaultInterceptorChain;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.stereotype.Component;

/**
 * Works on one event as its processor would in a batch of one, in a transaction of its own: all that handlers do, the
 * commands that they send included, counts when they succeed and is undone when they fail.
 */
@Component
public class SingleHandling {
    private final TransactionManager transactions;

    public SingleHandling(TransactionManager transactions) {
        this.transactions = transactions;
    }

    /** @return what the task returns; what it throws undoes the transaction */
    public <R> R inTransaction(TrackedEventMessage<?> event, Function<UnitOfWork<TrackedEventMessage<?>>, R> task) {
        UnitOfWork<TrackedEventMessage<?>> work = new BatchingUnitOfWork<>(List.of(event));
        work.start();
        work.attachTransaction(transactions);
        ResultMessage<R> result = work.executeWithResult(() -> task.apply(work));
        if (result.isExceptional()) {
            throw unchecked(result.exceptionResult());
        }
        return result.getPayload();
    }

    /** @throws EventHandlingException when the handlers fail */
    public static void handle(
            AbstractEventProcessor processor, UnitOfWork<TrackedEventMessage<?>> work, Segment segment) {
        try {
            new DefaultInterceptorChain<EventMessage<?>>(work, processor.getHandlerInterceptors(), event -> {
                        processor.eventHandlerInvoker().handle(event, segment);
                        return Optional.empty();
                    })
                    .proceed();
        } catch (Exception failure) {
            throw unchecked(failure);
        }
    }

    private static RuntimeException unchecked(Throwable failure) {
        return failure instanceof RuntimeException expected ? expected : new IllegalStateException(failure);
    }
}
