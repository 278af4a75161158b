package dev.polyphony.providers.budgets;

import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.ProviderProblem;
import dev.polyphony.providers.RouteOptions.Spender;
import dev.polyphony.providers.budgets.BudgetCommand.TellExhausted;
import dev.polyphony.providers.budgets.BudgetLedger.Entry;
import dev.polyphony.providers.budgets.BudgetPeriod.Window;
import dev.polyphony.shared.Provenance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Budgets by the rules that operators configured, counted in the ledger. What the ledger could not take is kept here until it can,
 * and lost only when this process dies before.
 */
public final class CountedBudgets implements Budgets {
    private static final Logger LOG = LoggerFactory.getLogger(CountedBudgets.class);
    private static final String ACTOR = "system:budgets";

    private final List<BudgetRule> rules;
    private final BudgetLedger ledger;
    private final CommandGateway commands;
    private final Supplier<String> request;
    private final Clock clock;
    private final Queue<Payment> owed = new ConcurrentLinkedQueue<>();

    /** @param request names the request that the current thread works for, as the history correlates by it */
    public CountedBudgets(
            List<BudgetRule> rules,
            BudgetLedger ledger,
            CommandGateway commands,
            Supplier<String> request,
            Clock clock) {
        this.rules = List.copyOf(rules);
        this.ledger = ledger;
        this.commands = commands;
        this.request = request;
        this.clock = clock;
    }

    /** What a rule says about an owner in the current period. */
    private record Share(BudgetRule rule, Window window, BudgetId budget) {
        boolean isReachedBy(Spending spent) {
            return rule.limits().areReachedBy(spent);
        }
    }

    private record Payment(List<BudgetId> budgets, Spending spending) {}

    @Override
    public Purse of(@Nullable Spender spender) {
        return spender == null || rules.stream().noneMatch(rule -> rule.owner(spender) != null)
                ? Purse.BOTTOMLESS
                : new Counted(spender, request.get());
    }

    private final class Counted implements Purse {
        private final Spender spender;
        private final String correlation;

        Counted(Spender spender, String correlation) {
            this.spender = spender;
            this.correlation = correlation;
        }

        @Override
        public @Nullable ProviderFailure refusal() {
            return uninterrupted(() -> {
                settle();
                List<Share> shares = shares();
                List<Entry> entries = ledger.read(budgets(shares));
                for (Share share : shares) {
                    Spending spent = spentOn(share, entries);
                    if (share.isReachedBy(spent)) {
                        tell(share, spent);
                        return refused(share, spent);
                    }
                }
                return null;
            });
        }

        @Override
        public void pay(Spending spending) {
            if (!spending.amountsToNothing()) {
                uninterrupted(() -> {
                    pay(shares(), spending);
                    return null;
                });
            }
        }

        private void pay(List<Share> shares, Spending spending) {
            List<Entry> entries;
            try {
                entries = ledger.add(budgets(shares), spending);
            } catch (RuntimeException unavailable) {
                LOG.warn("what {} spent is counted later: {}", spender, unavailable.toString());
                owed.add(new Payment(budgets(shares), spending));
                return;
            }
            for (Share share : shares) {
                Spending spent = spentOn(share, entries);
                if (share.isReachedBy(spent) && !share.isReachedBy(spent.minus(spending))) {
                    tell(share, spent);
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

        /** What the history does not take now is told by the next refusal. */
        private void tell(Share share, Spending spent) {
            Provenance provenance = new Provenance(spender.tenant(), ACTOR, correlation, correlation);
            var command = new TellExhausted(
                    share.budget(), share.rule().limits(), spent, share.window().end());
            try {
                if (commands.<Boolean>sendAndWait(command, provenance.metaData())) {
                    LOG.warn(
                            "{} is used up: {}",
                            share.budget(),
                            share.rule().limits().toldWith(spent));
                }
            } catch (RuntimeException untold) {
                LOG.warn("the history does not know yet that {} is used up: {}", share.budget(), untold.toString());
            }
        }
    }

    /** What could not be counted when it was spent. */
    private void settle() {
        for (Payment next = owed.poll(); next != null; next = owed.poll()) {
            try {
                ledger.add(next.budgets(), next.spending());
            } catch (RuntimeException unavailable) {
                owed.add(next);
                throw unavailable;
            }
        }
    }

    private static List<BudgetId> budgets(List<Share> shares) {
        return shares.stream().map(Share::budget).toList();
    }

    private static Spending spentOn(Share share, List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.budget().equals(share.budget()))
                .map(Entry::spent)
                .findFirst()
                .orElse(Spending.NOTHING);
    }

    private ProviderFailure refused(Share share, Spending spent) {
        Instant end = share.window().end();
        String renewal = end == null ? "It is not renewed." : "It is renewed at %s.".formatted(end);
        return ProviderProblem.BUDGET_EXHAUSTED
                .because("The budget '%s' of %s is used up: %s. %s"
                        .formatted(
                                share.rule().name(),
                                share.budget().owner().replace(':', ' '),
                                share.rule().limits().toldWith(spent),
                                renewal))
                .comingBackAfter(end == null ? null : Duration.between(clock.instant(), end));
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
