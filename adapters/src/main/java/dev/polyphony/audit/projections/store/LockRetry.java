package dev.polyphony.audit.projections.store;

import dev.polyphony.audit.projections.ProjectionProblem;
import dev.polyphony.eventstore.axon.TransientFailure;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/**
 * For what operators do to a projection while nodes work on it: waits for their locks a little, and begins anew when
 * PostgreSQL ends a deadlock at our cost.
 */
@Component
class LockRetry {
    private static final int TRIES = 5;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final DSLContext sql;

    LockRetry(DSLContext sql) {
        this.sql = sql;
    }

    /** To be called first in a transaction: readers queue behind those who wait for a whole table. */
    void waitBriefly() {
        sql.execute("set local lock_timeout = '5s'");
    }

    /**
     * @param transaction calls {@link #waitBriefly()} first
     * @throws dev.polyphony.shared.Rejection {@link ProjectionProblem#PROJECTION_BUSY}
     */
    <T> T outlast(String projection, Supplier<T> transaction) {
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
