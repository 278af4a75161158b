package dev.polyphony.budgets;

import dev.polyphony.shared.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What was spent, counted by all nodes together. Its methods throw when the database does not answer. */
public interface BudgetLedger {
    /** What stands there of those budgets on which anything was spent, in no order. */
    List<Balance> read(List<BudgetId> budgets);

    /** Adds the same to each of them, all or none, and returns what stands there then. With other limits than before nothing is reported yet. */
    List<Balance> add(List<Account> accounts, Spending spending);

    /** Of a rule, the owners in a tenant who spent last, at most so many. */
    List<Balance> latest(BudgetRule rule, TenantId tenant, String period, int max);

    /**
     * Those that are used up by the limits that stand there, which the history does not know as far as the ledger knows. In a different
     * order each time, so that none stands in the way of the others.
     *
     * @param quiet how long ago they were spent on at least
     * @param max so many of them
     */
    List<Balance> unreported(Duration quiet, int max);

    /** Notes that the history knows that the budget is used up by the account's limits. Others that are reached and unreported stay so. */
    void reported(Account account);

    /**
     * Deletes what nobody needs any more: rows of periods that end and rows of runs. What is never renewed stays. Nodes that do it at
     * once share the work.
     *
     * @param unspent how long ago they were spent on at least
     * @param max so many of them, the oldest first
     * @return how many
     */
    int deleteUnspent(Duration unspent, int max);

    /** A budget, and what may be spent of it as this node is configured. */
    record Account(BudgetId budget, BudgetLimits limits) {}

    /**
     * One row.
     *
     * @param limits as the node was configured that paid last
     * @param reported whether the history knows that these limits are reached
     */
    record Balance(BudgetId budget, Spending spent, BudgetLimits limits, boolean reported, Instant lastSpentAt) {
        /** Whether the history may not know yet that such limits are reached. */
        boolean leavesUnreported(BudgetLimits reached) {
            return !reported || reached.exceed(limits);
        }
    }
}
