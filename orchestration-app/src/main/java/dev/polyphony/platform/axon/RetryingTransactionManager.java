package dev.polyphony.platform.axon;

import dev.polyphony.platform.errors.DatabaseUnavailable;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;

/**
 * Transactions for background work: to start one waits for the database, however long that takes. With a failure instead, an event
 * processor would back off for up to a minute, also after the database has come back.
 */
final class RetryingTransactionManager implements TransactionManager {
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(200);

    private final TransactionManager transactions;
    private final BooleanSupplier isClosing;

    /** @param isClosing whether the server stops, so that waiting makes no sense */
    RetryingTransactionManager(TransactionManager transactions, BooleanSupplier isClosing) {
        this.transactions = transactions;
        this.isClosing = isClosing;
    }

    @Override
    public Transaction startTransaction() {
        while (true) {
            try {
                return transactions.startTransaction();
            } catch (RuntimeException failure) {
                if (isFinal(failure)) {
                    throw failure;
                }
                LockSupport.parkNanos(RETRY_INTERVAL.toNanos());
            }
        }
    }

    private boolean isFinal(RuntimeException failure) {
        return !DatabaseUnavailable.isBehind(failure)
                || isClosing.getAsBoolean()
                || Thread.currentThread().isInterrupted();
    }
}
