package dev.polyphony.platform.axon;

import dev.polyphony.platform.errors.DatabaseUnavailable;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;

/**
 * Transactions for work in the background, which begin when the database is there, however long that takes. To fail instead
 * would make an event processor wait ever longer, up to a minute, also after the database has come back.
 */
final class RetryingTransactionManager implements TransactionManager {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final TransactionManager transactions;
    private final BooleanSupplier isClosing;

    /** @param isClosing when the server ends, there is nothing left to wait for */
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
                if (isHopeless(failure)) {
                    throw failure;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private boolean isHopeless(RuntimeException failure) {
        return !DatabaseUnavailable.isBehind(failure)
                || isClosing.getAsBoolean()
                || Thread.currentThread().isInterrupted();
    }
}
