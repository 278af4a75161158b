package dev.polyphony.config;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;

/**
 * Transactions for work in the background, which begin when the database is there, however long that takes. To fail instead
 * would make an event processor wait ever longer, up to a minute, also after the database has come back.
 */
final class PatientTransactions implements TransactionManager {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final TransactionManager transactions;

    PatientTransactions(TransactionManager transactions) {
        this.transactions = transactions;
    }

    @Override
    public Transaction startTransaction() {
        while (true) {
            try {
                return transactions.startTransaction();
            } catch (RuntimeException failure) {
                if (!DatabaseGone.isBehind(failure) || Thread.currentThread().isInterrupted()) {
                    throw failure;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
