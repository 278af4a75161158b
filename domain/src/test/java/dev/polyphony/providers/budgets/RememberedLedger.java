package dev.polyphony.providers.budgets;

import dev.polyphony.shared.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A ledger in memory that can be away. */
public final class RememberedLedger implements BudgetLedger {
    private final Map<BudgetId, Spending> spent = new ConcurrentHashMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile @Nullable RuntimeException away;

    /** @param failure what it throws from now on; null when it answers */
    public void isAway(@Nullable RuntimeException failure) {
        away = failure;
    }

    public Spending of(BudgetId budget) {
        return spent.getOrDefault(budget, Spending.NOTHING);
    }

    public int reads() {
        return reads.get();
    }

    @Override
    public List<Entry> read(List<BudgetId> budgets) {
        reads.incrementAndGet();
        answer();
        return budgets.stream().filter(spent::containsKey).map(this::entry).toList();
    }

    @Override
    public List<Entry> add(List<BudgetId> budgets, Spending spending) {
        answer();
        budgets.forEach(budget -> spent.merge(
                budget,
                spending,
                (one, other) -> new Spending(
                        one.tokens() + other.tokens(),
                        one.estimatedTokens() + other.estimatedTokens(),
                        one.cost().add(other.cost()))));
        return budgets.stream().map(this::entry).toList();
    }

    @Override
    public List<Entry> latest(BudgetRule rule, TenantId tenant, String period, int most) {
        answer();
        return spent.keySet().stream()
                .filter(budget -> budget.name().equals(rule.name())
                        && budget.tenant().equals(tenant)
                        && budget.period().equals(period))
                .limit(most)
                .map(this::entry)
                .toList();
    }

    private Entry entry(BudgetId budget) {
        return new Entry(budget, of(budget), Instant.EPOCH);
    }

    /** As a database does that is asked on an interrupted thread. */
    private void answer() {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("the connection was closed by an interrupt");
        }
        if (away != null) {
            throw away;
        }
    }
}
