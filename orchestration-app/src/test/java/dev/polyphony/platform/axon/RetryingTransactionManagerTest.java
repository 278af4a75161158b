package dev.polyphony.platform.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.junit.jupiter.api.Test;

class RetryingTransactionManagerTest {
    private final RuntimeException gone = new IllegalStateException(new SQLException("refused", "08001"));
    private final RuntimeException lost = new IllegalStateException(new SQLException("stopped", "57P01"));
    private final RuntimeException bug = new IllegalStateException(new SQLException("no table", "42P01"));

    private final Queue<RuntimeException> failures = new ArrayDeque<>();
    private final TransactionManager database = this::begin;
    private boolean closing;

    private Transaction begin() {
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        return NoTransactionManager.instance().startTransaction();
    }

    private Transaction startPatiently() {
        return new RetryingTransactionManager(database, () -> closing).startTransaction();
    }

    @Test
    void beginWhenTheDatabaseIsBack() {
        failures.addAll(List.of(gone, lost));

        assertThat(startPatiently()).isNotNull();
        assertThat(failures).isEmpty();
    }

    @Test
    void waitForNothingElse() {
        failures.addAll(List.of(gone, bug, gone));

        assertThatThrownBy(this::startPatiently).isSameAs(bug);
        assertThat(failures).hasSize(1);
    }

    @Test
    void doNotKeepAServerFromEnding() {
        failures.addAll(List.of(gone, gone));
        closing = true;

        assertThatThrownBy(this::startPatiently).isSameAs(gone);
        assertThat(failures).hasSize(1);
    }

    @Test
    void endWithTheirThread() {
        failures.addAll(List.of(gone, gone));
        Thread.currentThread().interrupt();

        assertThatThrownBy(this::startPatiently).isSameAs(gone);
        assertThat(Thread.interrupted()).isTrue();
    }
}
