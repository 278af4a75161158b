package dev.polyphony.budgets;

import dev.polyphony.shared.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * For whom money is spent.
 *
 * @param agent the id of the agent that asks; null when none does
 * @param run the id of the run that it is done for; null when it is none
 */
public record Spender(
        TenantId tenant, @Nullable String agent, @Nullable String run) {}
