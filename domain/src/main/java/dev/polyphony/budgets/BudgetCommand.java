package dev.polyphony.budgets;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be reported of a budget. */
public sealed interface BudgetCommand {
    BudgetId budget();

    /**
     * All of it is spent. May be sent by every node that notices, and again.
     *
     * @param limits as this node is configured
     * @param spent when it was noticed
     * @param renewedAt when the next period begins; null when none does
     */
    record ReportExhausted(
            @TargetAggregateIdentifier BudgetId budget,
            BudgetLimits limits,
            Spending spent,
            @Nullable Instant renewedAt)
            implements BudgetCommand {}
}
