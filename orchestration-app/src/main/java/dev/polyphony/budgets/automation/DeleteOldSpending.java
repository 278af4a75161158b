package dev.polyphony.budgets.automation;

import dev.polyphony.budgets.BudgetLedger;
import dev.polyphony.budgets.ExhaustedBudgets;
import dev.polyphony.budgets.wiring.BudgetSettings;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/** Looks after what the ledger of budgets has left over. Every node does it; none is in another's way. */
@Component
class DeleteOldSpending implements SchedulingConfigurer {
    private static final Logger LOG = LoggerFactory.getLogger(DeleteOldSpending.class);

    /** So few that nobody notices it, and still some millions a day. */
    private static final int BATCH_SIZE = 500;

    private final ExhaustedBudgets exhausted;
    private final BudgetLedger ledger;
    private final Duration retention;
    private final Duration interval;
    private final Semaphore turn = new Semaphore(1);

    DeleteOldSpending(ExhaustedBudgets exhausted, BudgetLedger ledger, BudgetSettings settings) {
        this.exhausted = exhausted;
        this.ledger = ledger;
        this.retention = settings.budgetRetention();
        this.interval = settings.budgetSweepInterval();
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(this::sweep, interval);
    }

    /** On a thread of its own: the scheduler has one, and the heartbeat of this node runs on it. */
    void sweep() {
        if (turn.tryAcquire()) {
            Thread.ofVirtual().name("budget-ledger").start(this::look);
        }
    }

    private void look() {
        try {
            exhausted.reportUnreported();
            ledger.deleteUnspent(retention, BATCH_SIZE);
        } catch (RuntimeException unavailable) {
            LOG.warn("could not look after the ledger of budgets, will try again: {}", unavailable.toString());
        } finally {
            turn.release();
        }
    }
}
