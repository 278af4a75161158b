package dev.polyphony.budgets;

import dev.polyphony.shared.TenantId;

/**
 * Names what one owner may spend in one period.
 *
 * @param name of the rule, as operators configured it
 * @param owner such as {@code tenant:acme}, {@code agent:fix-agent} or {@code run:orchestrator-1b4e28ba-…}
 * @param period such as {@code 2026-11-25}, {@code 2026-11} or {@code all}
 */
public record BudgetId(String name, TenantId tenant, String owner, String period) {
    /** As the history tells it from the ids of everything else. */
    @Override
    public String toString() {
        return "budget-%s/%s/%s/%s".formatted(name, tenant, owner, period);
    }
}
