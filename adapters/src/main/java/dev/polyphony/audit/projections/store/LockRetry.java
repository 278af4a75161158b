package dev.polyphony.audit.projections.store;

import dev.polyphony.audit.projections.ProjectionProblem;
import dev.polyphony.eventstore.axon.TransientFailure;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/**
 * For what operators do to a projection while nodes work on it: waits for their locks a little, and tries again when
 * PostgreSQL ends a deadlock by undoing ours.
 */
@Component
class LockRetry {
    private static final int TRIES = 5;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final DSLContext sql;

    LockRetry(DSLContext sql) {
        this.sql = sql;
    }

    /** To be called first in a transaction: readers queue behind a transaction that waits for a whole table. */
    void setLockTimeout() {
        sql.execute("set local lock_timeout = '5s'");
    }

    /**
     * @param transaction calls {@link #setLockTimeout()} first
     * @throws dev.polyphony.shared.Rejection {@link ProjectionProblem#PROJECTION_BUSY}
     */
    <T> T retryOnLock(String projection, Supplier<T> transaction) {
        for (int tries = 1; tries < TRIES; tries++) {
            try {
                return transaction.get();
            } catch (RuntimeException failure) {
                if (!TransientFailure.isContention(failure)) {
                    throw failure;
                }
                LockSupport.parkNanos(tries * PAUSE_NANOS);
            }
        }
        throw ProjectionProblem.PROJECTION_BUSY.because("projection '" + projection
                + "' is at work on the rows that this needs and did not let go of them; nothing was changed,"
                + " try again");
    }
}
