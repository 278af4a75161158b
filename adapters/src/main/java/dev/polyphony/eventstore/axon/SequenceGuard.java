package dev.polyphony.eventstore.axon;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** Keeps events from the handlers of one processor while an earlier event of their sequence is put aside. */
public interface SequenceGuard {
    /** Puts the event behind the dead letters of its sequence and returns true, or returns false when there are none. */
    boolean isParked(TrackedEventMessage<?> event, int segment, UnitOfWork<? extends EventMessage<?>> work);
}
