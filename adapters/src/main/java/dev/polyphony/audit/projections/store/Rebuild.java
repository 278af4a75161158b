package dev.polyphony.audit.projections.store;

import dev.polyphony.audit.projections.ProjectionProblem;
import dev.polyphony.eventstore.axon.TokenTable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.StreamableMessageSource;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Lets a processor begin anew: empties its read model, deletes its dead letters and sets its tokens back, all in one
 * transaction. That takes the segments from every node first and keeps them until it commits, so that a batch which is at
 * work elsewhere cannot store its token afterwards and is rolled back.
 */
@Component
class Rebuild implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);
    private static final int SECONDS_TO_STOP = 15;
    private static final long RESTART_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final DSLContext sql;
    private final TransactionManager transactions;
    private final DeadLetterTable deadLetters;
    private final LockRetry locks;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile boolean closed;

    Rebuild(DSLContext sql, TransactionManager transactions, DeadLetterTable deadLetters, LockRetry locks) {
        this.sql = sql;
        this.transactions = transactions;
        this.deadLetters = deadLetters;
        this.locks = locks;
    }

    void begin(PooledStreamingEventProcessor processor) {
        oneAtATime.lock();
        try {
            stop(processor);
            locks.retryOnLock(processor.getName(), () -> transactions.fetchInTransaction(() -> reset(processor)));
        } finally {
            start(processor);
            oneAtATime.unlock();
        }
    }

    private static void stop(PooledStreamingEventProcessor processor) {
        try {
            processor.shutdownAsync().get(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (TimeoutException stillAtWork) {
            throw ProjectionProblem.PROJECTION_BUSY.because("projection '" + processor.getName()
                    + "' does not finish the events that it is working on; nothing was changed, try again");
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + processor.getName() + " was stopping", hurry);
        } catch (ExecutionException failure) {
            throw new IllegalStateException(processor.getName() + " did not stop", failure.getCause());
        }
    }

    /** The dead letters before the read model: as everywhere, so that a retry and a reset wait for each other in one order. */
    private boolean reset(PooledStreamingEventProcessor processor) {
        locks.setLockTimeout();
        TokenTable.releaseClaims(sql, processor.getName());
        deadLetters.deleteAll(processor.getName());
        processor.resetTokens(StreamableMessageSource::createTailToken);
        TokenTable.releaseClaims(sql, processor.getName());
        return true;
    }

    /** Axon gives up when the database does not answer just then; the processor must not stay down for that. */
    private void start(PooledStreamingEventProcessor processor) {
        if (!isStarted(processor)) {
            Thread.ofVirtual().name("restart-" + processor.getName()).start(() -> {
                do {
                    LockSupport.parkNanos(RESTART_PAUSE_NANOS);
                } while (!closed && !isStarted(processor));
            });
        }
    }

    private static boolean isStarted(PooledStreamingEventProcessor processor) {
        try {
            processor.start();
            return true;
        } catch (RuntimeException notNow) {
            LOG.warn("could not start {} again, will try once more: {}", processor.getName(), notNow.toString());
            return false;
        }
    }

    @Override
    public void destroy() {
        closed = true;
    }
}
