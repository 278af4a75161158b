package dev.polyphony.eventstore.upcasters;

import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;

/** All upcasters, the oldest first: each lifts one event by one revision, and the next goes on from there. */
public final class Upcasters {
    private Upcasters() {}

    public static EventUpcaster chain() {
        return new EventUpcasterChain(new PriorityOfQueuedStep());
    }
}
