package dev.polyphony.identity.limits.automation;

import dev.polyphony.identity.limits.RateLimiter;
import dev.polyphony.identity.limits.SharedTokens;
import dev.polyphony.identity.limits.wiring.LimitSettings;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/** Deletes limits that are full again, on this node and in the database. Every node does it; none is in another's way. */
@Component
class DeleteFullLimits implements SchedulingConfigurer {
    private static final Logger LOG = LoggerFactory.getLogger(DeleteFullLimits.class);
    private static final int BATCH_SIZE = 1000;

    private final RateLimiter limiter;
    private final SharedTokens tokens;
    private final Duration interval;
    private final Semaphore turn = new Semaphore(1);

    DeleteFullLimits(RateLimiter limiter, SharedTokens tokens, LimitSettings settings) {
        this.limiter = limiter;
        this.tokens = tokens;
        this.interval = settings.sweepInterval();
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(this::sweep, interval);
    }

    /** On a thread of its own: the scheduler has one, and the heartbeat of this node runs on it. */
    void sweep() {
        if (turn.tryAcquire()) {
            Thread.ofVirtual().name("limits-sweep").start(this::delete);
        }
    }

    private void delete() {
        try {
            limiter.sweep();
            while (tokens.deleteFull(BATCH_SIZE) == BATCH_SIZE) {
                LOG.debug("deleted {} limits that are full again", BATCH_SIZE);
            }
        } catch (RuntimeException unavailable) {
            LOG.warn("could not delete limits that are full again, will try again: {}", unavailable.toString());
        } finally {
            turn.release();
        }
    }
}
