package dev.polyphony.budgets;

import dev.polyphony.budgets.BudgetCommand.ReportExhausted;
import dev.polyphony.budgets.BudgetEvent.BudgetExhausted;
import dev.polyphony.shared.TenantId;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Facts about budgets that tests start from. */
public final class BudgetExamples {
    public static final TenantId ACME = new TenantId("acme");
    public static final Spender FIXER = new Spender(ACME, "fix-agent", "review-1");
    public static final BudgetId TODAY = new BudgetId("daily", ACME, "tenant:acme", "2026-11-25");
    public static final Instant MIDNIGHT = Instant.parse("2026-11-26T00:00:00Z");

    private BudgetExamples() {}

    public static BudgetLimits limits(@Nullable Integer tokens, @Nullable String dollars) {
        return new BudgetLimits(
                tokens == null ? null : Long.valueOf(tokens), dollars == null ? null : new BigDecimal(dollars));
    }

    public static Spending spent(int tokens, String dollars) {
        return new Spending(tokens, 0, new BigDecimal(dollars));
    }

    public static BudgetRule daily(BudgetLimits limits) {
        return new BudgetRule("daily", BudgetScope.TENANT, null, null, BudgetPeriod.DAY, limits);
    }

    public static BudgetRule perRun(BudgetLimits limits) {
        return new BudgetRule("per-run", BudgetScope.RUN, null, null, BudgetPeriod.NONE, limits);
    }

    public static ReportExhausted tellExhausted(BudgetLimits limits, Spending spent) {
        return new ReportExhausted(TODAY, limits, spent, MIDNIGHT);
    }

    public static BudgetExhausted exhausted(BudgetLimits limits, Spending spent) {
        return new BudgetExhausted(TODAY, limits, spent, MIDNIGHT);
    }
}
