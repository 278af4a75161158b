package dev.polyphony.budgets;

import dev.polyphony.shared.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A ledger in memory that can be away. All that stands there was spent long ago. */
public final class RememberedLedger implements BudgetLedger {
    private final Map<BudgetId, Balance> balances = new ConcurrentHashMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile @Nullable RuntimeException away;

    /** @param failure what it throws from now on; null when it answers */
    public void isAway(@Nullable RuntimeException failure) {
        away = failure;
    }

    public Spending of(BudgetId budget) {
        Balance balance = balances.get(budget);
        return balance == null ? Spending.NOTHING : balance.spent();
    }

    public int reads() {
        return reads.get();
    }

    @Override
    public List<Balance> read(List<BudgetId> budgets) {
        reads.incrementAndGet();
        answer();
        return budgets.stream().map(balances::get).filter(Objects::nonNull).toList();
    }

    @Override
    public List<Balance> add(List<Account> accounts, Spending spending) {
        answer();
        return accounts.stream()
                .map(account -> balances.merge(account.budget(), balance(account, spending, false), (before, now) -> {
                    boolean same = before.limits().equals(now.limits());
                    return balance(account, sum(before.spent(), spending), before.reported() && same);
                }))
                .toList();
    }

    @Override
    public List<Balance> latest(BudgetRule rule, TenantId tenant, String period, int max) {
        answer();
        return balances.values().stream()
                .filter(balance -> balance.budget().name().equals(rule.name())
                        && balance.budget().tenant().equals(tenant)
                        && balance.budget().period().equals(period))
                .limit(max)
                .toList();
    }

    @Override
    public List<Balance> unreported(Duration quiet, int max) {
        answer();
        return balances.values().stream()
                .filter(balance -> !balance.reported() && balance.limits().areReachedBy(balance.spent()))
                .limit(max)
                .toList();
    }

    @Override
    public void reported(Account account) {
        answer();
        balances.computeIfPresent(account.budget(), (_, balance) -> balance(account, balance.spent(), true));
    }

    @Override
    public int deleteUnspent(Duration unspent, int max) {
        throw new UnsupportedOperationException("nothing gets old here");
    }

    private static Balance balance(Account account, Spending spent, boolean reported) {
        return new Balance(account.budget(), spent, account.limits(), reported, Instant.EPOCH);
    }

    private static Spending sum(Spending one, Spending other) {
        return new Spending(
                one.tokens() + other.tokens(),
                one.estimatedTokens() + other.estimatedTokens(),
                one.cost().add(other.cost()));
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
