package dev.polyphony.budgets;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is there for whom to spend. */
@FunctionalInterface
public interface Budgets {
    /** Nobody is limited. */
    Budgets NONE = _ -> BudgetGuard.UNLIMITED;

    /** @param spender null when it is nobody in particular, who has no budget */
    BudgetGuard of(@Nullable Spender spender);

    /**
     * Nothing may be spent.
     *
     * @param reason a sentence that says whose budget is used up, by what and until when
     * @param renewedIn when spending may go on; null when it may not
     */
    record Denied(String reason, @Nullable Duration renewedIn) {}

    /** Everything that limits one request. Used by many threads at once, also by interrupted ones, which they stay. */
    interface BudgetGuard {
        BudgetGuard UNLIMITED = new BudgetGuard() {
            @Override
            public @Nullable Denied denial() {
                return null;
            }

            @Override
            public void charge(Spending spending) {}
        };

        /**
         * Why nothing may be spent any more; null when something may.
         *
         * @throws RuntimeException when the ledger does not answer: nobody spends uncounted
         */
        @Nullable
        Denied denial();

        /** Returns when it is counted. What cannot be counted now is kept, and counted before the next refusal is decided. */
        void charge(Spending spending);
    }
}
