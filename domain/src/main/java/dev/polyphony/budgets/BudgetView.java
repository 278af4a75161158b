package dev.polyphony.budgets;

import dev.polyphony.budgets.BudgetPeriod.Window;
import dev.polyphony.shared.WordsOf;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A budget as people read it.
 *
 * @param name the budget's configured name
 * @param scope whose budget it is: {@code tenant}, {@code agent} or {@code run}
 * @param owner such as {@code tenant:acme}
 * @param period {@code day}, {@code month} or {@code none}
 * @param periodStart when the period began; null when it is all of time
 * @param periodEnd when the next one begins; null when none does
 * @param limits what may be spent in a period
 * @param spent what is spent in this period
 * @param remaining what is left, never less than nothing
 * @param exhausted whether calls are refused
 * @param lastSpentAt when something was spent last; null when nothing was in the period
 */
public record BudgetView(
        String name,
        @WordsOf(BudgetScope.class) String scope,
        String owner,
        @WordsOf(BudgetPeriod.class) String period,
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
