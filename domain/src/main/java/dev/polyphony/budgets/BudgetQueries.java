package dev.polyphony.budgets;

import dev.polyphony.budgets.BudgetLedger.Balance;
import dev.polyphony.budgets.BudgetPeriod.Window;
import dev.polyphony.shared.ServerWide;
import dev.polyphony.shared.TenantId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Budgets as people read them, with what is spent on any node. */
public final class BudgetQueries {
    private final List<BudgetRule> rules;
    private final BudgetLedger ledger;
    private final Clock clock;

    public BudgetQueries(List<BudgetRule> rules, BudgetLedger ledger, Clock clock) {
        this.rules = List.copyOf(rules);
        this.ledger = ledger;
        this.clock = clock;
    }

    /** As configured, in that order. */
    @ServerWide("operators configure budgets for the whole server")
    public List<BudgetRule> rules() {
        return rules;
    }

    /**
     * Of the current periods, in the order of the configuration.
     *
     * @param max of a rule that has many owners, so many of those who spent last
     */
    public List<BudgetView> of(TenantId tenant, int max) {
        return rules.stream()
                .filter(rule -> rule.concerns(tenant))
                .flatMap(rule -> views(rule, tenant, max))
                .toList();
    }

    private Stream<BudgetView> views(BudgetRule rule, TenantId tenant, int max) {
        Window window = rule.period().at(clock.instant());
        String owner = rule.onlyOwner(tenant);
        if (owner == null) {
            return ledger.latest(rule, tenant, window.name(), max).stream().map(balance -> view(rule, window, balance));
        }
        BudgetId budget = new BudgetId(rule.name(), tenant, owner, window.name());
        return ledger.read(List.of(budget)).stream()
                .findFirst()
                .map(balance -> view(rule, window, balance))
                .or(() -> Optional.of(BudgetView.of(rule, window, owner, Spending.NOTHING, null)))
                .stream();
    }

    private static BudgetView view(BudgetRule rule, Window window, Balance balance) {
        return BudgetView.of(rule, window, balance.budget().owner(), balance.spent(), balance.lastSpentAt());
    }
}
