package dev.polyphony.budgets;

import dev.polyphony.shared.EventName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What has happened to a budget. Stored for ever: add an event rather than change one. */
public sealed interface BudgetEvent {
    BudgetId budget();

    /**
     * Calls are refused from now on.
     *
     * @param limits of which one is reached
     * @param spent when it was noticed; calls that were under way may add to it
     * @param renewedAt when the next period begins; null when none does
     */
    @EventName(value = "budget.exhausted", published = true)
    record BudgetExhausted(
            BudgetId budget,
            BudgetLimits limits,
            Spending spent,
            @Nullable Instant renewedAt) implements BudgetEvent {}
}
