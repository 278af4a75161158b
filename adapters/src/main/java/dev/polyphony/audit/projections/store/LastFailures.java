package dev.polyphony.audit.projections.store;

import dev.polyphony.eventstore.axon.EventHandlingException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** What last went wrong in each segment on this node. Axon forgets it at once, when it lets go of the segment. */
@Component
class LastFailures {
    private final Map<Place, EventHandlingException> failures = new ConcurrentHashMap<>();

    private record Place(String processor, int segment) {}

    void remember(String processor, EventHandlingException failure) {
        failures.put(new Place(processor, failure.segment()), failure);
    }

    /** Why a segment does not get past a position; empty when nothing is known to hold it there. */
    Optional<String> at(String processor, int segment, long position) {
        return Optional.ofNullable(failures.get(new Place(processor, segment)))
                .filter(failure -> failure.position() > position)
                .map(FailureSummary::of);
    }
}
