package dev.polyphony.budgets;

import dev.polyphony.budgets.BudgetCommand.ReportExhausted;
import dev.polyphony.budgets.BudgetLedger.Account;
import dev.polyphony.budgets.BudgetLedger.Balance;
import dev.polyphony.shared.MessageOrigin;
import java.time.Duration;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the history of budgets that are used up, at once or later. Between the ledger and the history lies no transaction: that there
 * is something to tell stands in the ledger from the statement on that used the budget up, until the history knows it.
 */
public final class ExhaustedBudgets {
    private static final Logger LOG = LoggerFactory.getLogger(ExhaustedBudgets.class);
    private static final String ACTOR = "system:budgets";

    /** Who used it up reports it with their correlation id, when they are alive; a minute is more than that takes. */
    private static final Duration SPENDER_GRACE_PERIOD = Duration.ofMinutes(1);

    private static final int BATCH_SIZE = 100;

    private final BudgetLedger ledger;
    private final CommandGateway commands;

    public ExhaustedBudgets(BudgetLedger ledger, CommandGateway commands) {
        this.ledger = ledger;
        this.commands = commands;
    }

    /**
     * What nodes that died, or that the history did not listen to, have left unreported. Call it every few seconds; two nodes that find the
     * same both tell it, and the budget decides for one.
     *
     * @throws RuntimeException when the ledger does not answer
     */
    public void reportUnreported() {
        for (Balance balance : ledger.unreported(SPENDER_GRACE_PERIOD, BATCH_SIZE)) {
            var window = BudgetPeriod.named(balance.budget().period());
            var command = new ReportExhausted(balance.budget(), balance.limits(), balance.spent(), window.end());
            if (!report(command, "budgets")) {
                return;
            }
        }
    }

    /** Returns whether the history knows it. What it does not take now is reported by {@link #reportUnreported}, or by the next refusal. */
    boolean report(ReportExhausted command, String correlation) {
        BudgetId budget = command.budget();
        MessageOrigin origin = new MessageOrigin(budget.tenant(), ACTOR, correlation, correlation);
        try {
            if (commands.<Boolean>sendAndWait(command, origin.metaData())) {
                LOG.warn("{} is used up: {}", budget, command.limits().describe(command.spent()));
            }
            ledger.reported(new Account(budget, command.limits()));
            return true;
        } catch (RuntimeException unreported) {
            LOG.warn("that {} is used up has to be told once more: {}", budget, unreported.toString());
            return false;
        }
    }
}
