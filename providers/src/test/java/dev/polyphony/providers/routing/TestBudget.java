package dev.polyphony.providers.routing;

import dev.polyphony.budgets.Budgets;
import dev.polyphony.budgets.Budgets.BudgetGuard;
import dev.polyphony.budgets.Spender;
import dev.polyphony.budgets.Spending;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A purse of so many tokens that keeps its receipts. */
final class TestBudget implements Budgets, BudgetGuard {
    static final Duration RENEWAL = Duration.ofHours(3);

    private final long tokens;
    private final List<Spending> receipts = new CopyOnWriteArrayList<>();
    private final List<Spender> spenders = new CopyOnWriteArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile @Nullable RuntimeException lost;
    private volatile int looksBefore;

    TestBudget(long tokens) {
        this.tokens = tokens;
    }

    /** Cannot be looked into any more after so many times. */
    void isLost(RuntimeException failure, int after) {
        looksBefore = after;
        lost = failure;
    }

    List<Spending> receipts() {
        return receipts;
    }

    List<Spender> spenders() {
        return spenders;
    }

    int looks() {
        return looks.get();
    }

    @Override
    public BudgetGuard of(@Nullable Spender spender) {
        if (spender != null) {
            spenders.add(spender);
        }
        return this;
    }

    @Override
    public @Nullable Denied denial() {
        if (looks.incrementAndGet() > looksBefore && lost != null) {
            throw lost;
        }
        long spent = receipts.stream().mapToLong(Spending::tokens).sum();
        return spent < tokens ? null : new Denied("The budget is empty.", RENEWAL);
    }

    @Override
    public void charge(Spending spending) {
        receipts.add(spending);
    }
}
