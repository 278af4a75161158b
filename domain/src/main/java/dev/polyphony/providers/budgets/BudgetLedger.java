package dev.polyphony.providers.budgets;

import dev.polyphony.shared.TenantId;
import java.time.Instant;
import java.util.List;

/** What was spent, counted by all nodes together. Its methods throw when the database does not answer. */
public interface BudgetLedger {
    /** What stands there of those budgets on which anything was spent, in no order. */
    List<Entry> read(List<BudgetId> budgets);

    /** Adds the same to each of them, all or none, and returns what stands there then. */
    List<Entry> add(List<BudgetId> budgets, Spending spending);

    /** Of a rule, the owners in a tenant who spent last, at most so many. */
    List<Entry> latest(BudgetRule rule, TenantId tenant, String period, int most);

    record Entry(BudgetId budget, Spending spent, Instant lastSpentAt) {}
}
