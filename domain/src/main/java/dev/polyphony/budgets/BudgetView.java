package dev.polyphony.budgets;

import dev.polyphony.budgets.BudgetPeriod.Window;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A budget as people read it.
 *
 * @param owner such as {@code tenant:acme}
 * @param period {@code day}, {@code month} or {@code none}
 * @param periodStart null when the period is all of time
 * @param periodEnd when the next one begins; null when none does
 * @param remaining never less than nothing
 * @param exhausted whether calls are refused
 * @param lastSpentAt null when nothing was spent in the period
 */
public record BudgetView(
        String name,
        String scope,
        String owner,
        String period,
        @Nullable Instant periodStart,
        @Nullable Instant periodEnd,
        BudgetLimits limits,
        Spending spent,
        BudgetLimits remaining,
        boolean exhausted,
        @Nullable Instant lastSpentAt) {
    static BudgetView of(BudgetRule rule, Window window, String owner, Spending spent, @Nullable Instant lastSpentAt) {
        return new BudgetView(
                rule.name(),
                rule.scope().word(),
                owner,
                rule.period().word(),
                window.start(),
                window.end(),
                rule.limits(),
                spent,
                rule.limits().after(spent),
                rule.limits().areReachedBy(spent),
                lastSpentAt);
    }
}
