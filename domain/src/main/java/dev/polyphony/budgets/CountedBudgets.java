package dev.polyphony.budgets;

import dev.polyphony.budgets.BudgetCommand.ReportExhausted;
import dev.polyphony.budgets.BudgetLedger.Account;
import dev.polyphony.budgets.BudgetLedger.Balance;
import dev.polyphony.budgets.BudgetPeriod.Window;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Budgets by the rules that operators configured, counted in the ledger. What the ledger could not take is kept here until it can,
 * and lost only when this process dies before.
 */
public final class CountedBudgets implements Budgets {
    private static final Logger LOG = LoggerFactory.getLogger(CountedBudgets.class);

    private final List<BudgetRule> rules;
    private final BudgetLedger ledger;
    private final ExhaustedBudgets exhausted;
    private final Supplier<String> request;
    private final Clock clock;
    private final Queue<Payment> pending = new ConcurrentLinkedQueue<>();

    /** @param request names the request that the current thread works for, as the history correlates by it */
    public CountedBudgets(
            List<BudgetRule> rules,
            BudgetLedger ledger,
            ExhaustedBudgets exhausted,
            Supplier<String> request,
            Clock clock) {
        this.rules = List.copyOf(rules);
        this.ledger = ledger;
        this.exhausted = exhausted;
        this.request = request;
        this.clock = clock;
    }

    /** What a rule says about an owner in the current period. */
    private record Share(BudgetRule rule, Window window, BudgetId budget) {
        boolean isReachedBy(Spending spent) {
            return rule.limits().areReachedBy(spent);
        }

        Account account() {
            return new Account(budget, rule.limits());
        }
    }

    private record Payment(List<Account> accounts, Spending spending) {}

    @Override
    public BudgetGuard of(@Nullable Spender spender) {
        return spender == null || rules.stream().noneMatch(rule -> rule.owner(spender) != null)
                ? BudgetGuard.UNLIMITED
                : new Counted(spender, request.get());
    }

    private final class Counted implements BudgetGuard {
        private final Spender spender;
        private final String correlation;

        Counted(Spender spender, String correlation) {
            this.spender = spender;
            this.correlation = correlation;
        }

        @Override
        public @Nullable Denied denial() {
            return uninterrupted(() -> {
                settle();
                List<Share> shares = shares();
                List<Balance> balances =
                        ledger.read(shares.stream().map(Share::budget).toList());
                for (Share share : shares) {
                    Balance balance = of(share, balances);
                    Spending spent = balance == null ? Spending.NOTHING : balance.spent();
                    if (share.isReachedBy(spent)) {
                        reportUnlessReported(share, balance, spent);
                        return denied(share, spent);
                    }
                }
                return null;
            });
        }

        @Override
        public void charge(Spending spending) {
            if (!spending.amountsToNothing()) {
                uninterrupted(() -> {
                    charge(shares(), spending);
                    return null;
                });
            }
        }

        private void charge(List<Share> shares, Spending spending) {
            List<Account> accounts = shares.stream().map(Share::account).toList();
            List<Balance> balances;
            try {
                balances = ledger.add(accounts, spending);
            } catch (RuntimeException unavailable) {
                LOG.warn("what {} spent is counted later: {}", spender, unavailable.toString());
                pending.add(new Payment(accounts, spending));
                return;
            }
            for (Share share : shares) {
                Balance balance = of(share, balances);
                if (balance != null && share.isReachedBy(balance.spent())) {
                    reportUnlessReported(share, balance, balance.spent());
                }
            }
        }

        private List<Share> shares() {
            Instant now = clock.instant();
            return rules.stream()
                    .<Share>mapMulti((rule, found) -> {
                        String owner = rule.owner(spender);
                        if (owner != null) {
                            Window window = rule.period().at(now);
                            found.accept(new Share(
                                    rule, window, new BudgetId(rule.name(), spender.tenant(), owner, window.name())));
                        }
                    })
                    .toList();
        }

        private void reportUnlessReported(Share share, @Nullable Balance balance, Spending spent) {
            BudgetLimits limits = share.rule().limits();
            if (balance == null || balance.leavesUnreported(limits)) {
                var command = new ReportExhausted(
                        share.budget(), limits, spent, share.window().end());
                exhausted.report(command, correlation);
            }
        }
    }

    /** What could not be counted when it was spent. */
    private void settle() {
        for (Payment next = pending.poll(); next != null; next = pending.poll()) {
            try {
                ledger.add(next.accounts(), next.spending());
            } catch (RuntimeException unavailable) {
                pending.add(next);
                throw unavailable;
            }
        }
    }

    private static @Nullable Balance of(Share share, List<Balance> balances) {
        return balances.stream()
                .filter(balance -> balance.budget().equals(share.budget()))
                .findFirst()
                .orElse(null);
    }

    private Denied denied(Share share, Spending spent) {
        Instant end = share.window().end();
        String renewal = end == null ? "It is not renewed." : "It is renewed at %s.".formatted(end);
        String reason = "The budget '%s' of %s is used up: %s. %s"
                .formatted(
                        share.rule().name(),
                        share.budget().owner().replace(':', ' '),
                        share.rule().limits().describe(spent),
                        renewal);
        return new Denied(reason, end == null ? null : Duration.between(clock.instant(), end));
    }

    /** On a thread of its own: the interrupt that ends a call would also end the connection that counts it. */
    private static <T extends @Nullable Object> T uninterrupted(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(
                            work, task -> Thread.ofVirtual().name("budgets").start(task))
                    .join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }
}
