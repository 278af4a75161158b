package dev.polyphony.eventstore.axon;

import dev.polyphony.eventstore.BatchedWrites;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.GenericResultMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the handlers of one processor: keeps events that belong behind a dead letter from them, and says which event
 * it was when they fail. After the last event of a batch it has written what they left for then. Events that are not read from
 * the history have no position and pass.
 */
public final class DeadLetterGate implements MessageHandlerInterceptor<EventMessage<?>> {
    /** Of anything else Axon would make such a message for each event, with an identifier and the origin of the event; nobody reads it. */
    private static final ResultMessage<?> NO_RESULT = GenericResultMessage.asResultMessage((Object) null);

    private final String segmentResource;
    private final SequenceGuard blocked;

    public DeadLetterGate(String processor, SequenceGuard blocked) {
        this.segmentResource = segmentResource(processor);
        this.blocked = blocked;
    }

    /** Axon's own name for it. */
    private static String segmentResource(String processor) {
        return "Processor[" + processor + "]/SegmentId";
    }

    /** Tells the gate for which segment a unit of work is, as Axon does in its own. */
    public static void enter(UnitOfWork<?> work, String processor, Segment segment) {
        work.resources().put(segmentResource(processor), segment.getSegmentId());
    }

    public SequenceGuard blocked() {
        return blocked;
    }

    @Override
    public @Nullable Object handle(UnitOfWork<? extends EventMessage<?>> work, InterceptorChain handlers)
            throws Exception {
        if (!(work.getMessage() instanceof TrackedEventMessage<?> event)) {
            return handlers.proceed();
        }
        int segment = work.<Integer>getResource(segmentResource);
        BatchedWrites.gather(work);
        if (!blocked.isParked(event, segment, work)) {
            handle(event, segment, handlers);
        }
        if (work instanceof BatchingUnitOfWork<? extends EventMessage<?>> batch && batch.isLastMessage()) {
            write(batch, segment);
        }
        return NO_RESULT;
    }

    /** An error is caught too: it would end the worker without a trace, and its segment would stand still for ever. */
    private static void handle(TrackedEventMessage<?> event, int segment, InterceptorChain handlers) {
        try {
            handlers.proceed();
        } catch (Throwable failure) {
            long position = position(event);
            throw new EventHandlingException(segment, position, position, failure);
        }
    }

    private static void write(BatchingUnitOfWork<? extends EventMessage<?>> batch, int segment) {
        try {
            BatchedWrites.send(batch);
        } catch (Throwable failure) {
            throw new EventHandlingException(
                    segment,
                    position(batch.getMessages().getFirst()),
                    position(batch.getMessages().getLast()),
                    failure);
        }
    }

    private static long position(EventMessage<?> event) {
        return ((TrackedEventMessage<?>) event).trackingToken().position().orElseThrow();
    }
}
