package dev.polyphony.budgets;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How much may be spent.
 *
 * @param tokens read and written together; null when they are not limited
 * @param cost in US dollars; null when it is not limited
 */
public record BudgetLimits(@Nullable Long tokens, @Nullable BigDecimal cost) {
    boolean areReachedBy(Spending spent) {
        return (tokens != null && spent.tokens() >= tokens)
                || (cost != null && spent.cost().compareTo(cost) >= 0);
    }

    /** What is left, never less than nothing. */
    BudgetLimits after(Spending spent) {
        return new BudgetLimits(
                tokens == null ? null : Math.max(0, tokens - spent.tokens()),
                cost == null ? null : cost.subtract(spent.cost()).max(BigDecimal.ZERO));
    }

    /** Whether they allow something that the others do not. */
    boolean exceed(BudgetLimits others) {
        return exceeds(tokens, others.tokens) || exceeds(cost, others.cost);
    }

    /** Of each limit the wider one. */
    BudgetLimits orWider(BudgetLimits others) {
        return new BudgetLimits(
                exceeds(tokens, others.tokens) ? tokens : others.tokens,
                exceeds(cost, others.cost) ? cost : others.cost);
    }

    private static <N extends Comparable<N>> boolean exceeds(@Nullable N limit, @Nullable N other) {
        return other != null && (limit == null || limit.compareTo(other) > 0);
    }

    /** What of them is reached, in words. */
    String describe(Spending spent) {
        return tokens != null && spent.tokens() >= tokens
                ? "%d of %d tokens are spent".formatted(spent.tokens(), tokens)
                : "%s of %s US dollars are spent"
                        .formatted(spent.cost().toPlainString(), cost == null ? "any" : cost.toPlainString());
    }
}
