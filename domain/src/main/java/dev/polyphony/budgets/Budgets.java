package dev.polyphony.budgets;

import dev.polyphony.providers.ProviderFailure;
import dev.polyphony.providers.RouteOptions.Spender;
import org.jspecify.annotations.Nullable;

/** What is there for whom to spend. */
@FunctionalInterface
public interface Budgets {
    /** Nobody is limited. */
    Budgets NONE = _ -> BudgetGuard.BOTTOMLESS;

    /** @param spender null when it is nobody in particular, who has no budget */
    BudgetGuard of(@Nullable Spender spender);

    /** Everything that limits one request. Used by many threads at once, also by interrupted ones, which they stay. */
    interface BudgetGuard {
        BudgetGuard BOTTOMLESS = new BudgetGuard() {
            @Override
            public @Nullable ProviderFailure refusal() {
                return null;
            }

            @Override
            public void pay(Spending spending) {}
        };

        /**
         * Why nothing may be spent any more; null when something may.
         *
         * @throws RuntimeException when the ledger does not answer: nobody spends uncounted
         */
        @Nullable
        ProviderFailure refusal();

        /** Returns when it is counted. What cannot be counted now is kept, and counted before the next refusal is decided. */
        void pay(Spending spending);
    }
}
