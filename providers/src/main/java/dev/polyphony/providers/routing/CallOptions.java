package dev.polyphony.providers.routing;

import dev.polyphony.budgets.Budgets.BudgetGuard;
import java.time.Duration;

/**
 * How a call is made.
 *
 * @param deadline the longest that all of it may take
 * @param hedged whether a second provider is asked when the first takes longer than it usually does
 * @param budget pays for every attempt, and is looked into before it
 */
record CallOptions(Duration deadline, boolean hedged, BudgetGuard budget) {}
