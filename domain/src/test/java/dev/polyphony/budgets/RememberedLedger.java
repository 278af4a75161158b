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
    private final Map<BudgetId, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile @Nullable RuntimeException away;

    /** @param failure what it throws from now on; null when it answers */
    public void isAway(@Nullable RuntimeException failure) {
        away = failure;
    }

    public Spending of(BudgetId budget) {
        Entry entry = entries.get(budget);
        return entry == null ? Spending.NOTHING : entry.spent();
    }

    public int reads() {
        return reads.get();
    }

    @Override
    public List<Entry> read(List<BudgetId> budgets) {
        reads.incrementAndGet();
        answer();
        return budgets.stream().map(entries::get).filter(Objects::nonNull).toList();
    }

    @Override
    public List<Entry> add(List<Account> accounts, Spending spending) {
        answer();
        return accounts.stream()
                .map(account -> entries.merge(account.budget(), entry(account, spending, false), (before, now) -> {
                    boolean same = before.limits().equals(now.limits());
                    return entry(account, sum(before.spent(), spending), before.told() && same);
                }))
                .toList();
    }

    @Override
    public List<Entry> latest(BudgetRule rule, TenantId tenant, String period, int most) {
        answer();
        return entries.values().stream()
                .filter(entry -> entry.budget().name().equals(rule.name())
                        && entry.budget().tenant().equals(tenant)
                        && entry.budget().period().equals(period))
                .limit(most)
                .toList();
    }

    @Override
    public List<Entry> untold(Duration quiet, int most) {
        answer();
        return entries.values().stream()
                .filter(entry -> !entry.told() && entry.limits().areReachedBy(entry.spent()))
                .limit(most)
                .toList();
    }

    @Override
    public void told(Account account) {
        answer();
        entries.computeIfPresent(account.budget(), (_, entry) -> entry(account, entry.spent(), true));
    }

    @Override
    public int forget(Duration unspent, int most) {
        throw new UnsupportedOperationException("nothing gets old here");
    }

    private static Entry entry(Account account, Spending spent, boolean told) {
        return new Entry(account.budget(), spent, account.limits(), told, Instant.EPOCH);
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
