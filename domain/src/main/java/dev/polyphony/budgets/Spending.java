package dev.polyphony.budgets;

import java.math.BigDecimal;

/**
 * What models were paid.
 *
 * @param tokens read and written
 * @param estimatedTokens how many of them no provider has counted
 * @param cost in US dollars; what has no price adds nothing
 */
public record Spending(long tokens, long estimatedTokens, BigDecimal cost) {
    public static final Spending NOTHING = new Spending(0, 0, BigDecimal.ZERO);

    boolean amountsToNothing() {
        return tokens == 0 && cost.signum() == 0;
    }
}
