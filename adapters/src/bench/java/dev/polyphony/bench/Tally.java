package dev.polyphony.bench;

import dev.polyphony.workflows.WorkflowRunEvent;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.springframework.stereotype.Component;

/** A projection that does as good as nothing with an event, so that what is measured is how it got there. */
@Component
@ProcessingGroup(Tally.NAME)
class Tally {
    static final String NAME = "tally";

    private volatile CountDownLatch missing = new CountDownLatch(0);

    void expect(int events) {
        missing = new CountDownLatch(events);
    }

    /** @throws IllegalStateException when some are still missing after that time */
    void await(Duration patience) throws InterruptedException {
        if (!missing.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException(missing.getCount() + " events did not come within " + patience);
        }
    }

    @EventHandler
    void on(Counter.Counted event) {
        missing.countDown();
    }

    @EventHandler
    void on(WorkflowRunEvent event) {
        missing.countDown();
    }

    /** The tally is in memory and begins anew by {@link #expect}; without this method Axon would refuse to reset it. */
    @ResetHandler
    void reset() {}
}
