package dev.polyphony.budgets;

import dev.polyphony.shared.TenantId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what everybody of one kind may spend.
 *
 * @param name 1 to 64 of {@code a-z 0-9 - _}; the ledger counts under it
 * @param tenant whose tenants, agents or runs are meant; null for those of each tenant
 * @param agent which agent is meant; null for each. Only with the scope {@code AGENT}
 * @param period {@code NONE} for runs
 */
public record BudgetRule(
        String name,
        BudgetScope scope,
        @Nullable TenantId tenant,
        @Nullable String agent,
        BudgetPeriod period,
        BudgetLimits limits) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,64}");

    public BudgetRule {
        require(NAME.matcher(name).matches(), "name is 1 to 64 of a-z, 0-9, - and _, not '" + name + "'");
        require(agent == null || scope == BudgetScope.AGENT, "agent goes with scope agent only");
        require(
                scope != BudgetScope.RUN || period == BudgetPeriod.NONE,
                "period of a run's budget is none: it is for all of the run");
        require(limits.tokens() != null || limits.cost() != null, "tokens or cost, or both, have to be limited");
        require(limits.tokens() == null || limits.tokens() >= 0, "tokens is at least 0");
        require(limits.cost() == null || limits.cost().signum() >= 0, "cost is at least 0");
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException(sentence);
        }
    }

    boolean concerns(TenantId other) {
        return tenant == null || tenant.equals(other);
    }

    /** Whose budget the spender draws on; null when this rule means somebody else. */
    @Nullable
    String owner(Spender spender) {
        boolean meant = concerns(spender.tenant()) && (agent == null || agent.equals(spender.agent()));
        return meant ? scope.owner(spender) : null;
    }

    /** The only owner that it can have in a tenant; null when there can be many. */
    @Nullable
    String onlyOwner(TenantId in) {
        return owner(new Spender(in, agent, null));
    }
}
