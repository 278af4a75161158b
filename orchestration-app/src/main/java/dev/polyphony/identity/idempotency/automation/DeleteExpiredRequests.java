package dev.polyphony.identity.idempotency.automation;

import dev.polyphony.identity.idempotency.IdempotentRequests;
import dev.polyphony.identity.idempotency.wiring.IdempotencySettings;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/** Deletes answers that are not replayed any more. Every node does it; none is in another's way. */
@Component
class DeleteExpiredRequests implements SchedulingConfigurer {
    private static final Logger LOG = LoggerFactory.getLogger(DeleteExpiredRequests.class);
    private static final int BATCH_SIZE = 1000;

    private final IdempotentRequests requests;
    private final Duration interval;
    private final Semaphore turn = new Semaphore(1);

    DeleteExpiredRequests(IdempotentRequests requests, IdempotencySettings settings) {
        this.requests = requests;
        this.interval = settings.sweepInterval();
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(this::sweep, interval);
    }

    /** On a thread of its own: the scheduler has one, and the heartbeat of this node runs on it. */
    void sweep() {
        if (turn.tryAcquire()) {
            Thread.ofVirtual().name("idempotency-sweep").start(this::delete);
        }
    }

    private void delete() {
        try {
            while (requests.deleteExpired(BATCH_SIZE) == BATCH_SIZE) {
                LOG.debug("deleted {} requests whose day is over", BATCH_SIZE);
            }
        } catch (RuntimeException unavailable) {
            LOG.warn("could not delete requests whose day is over, will try again: {}", unavailable.toString());
        } finally {
            turn.release();
        }
    }
}
