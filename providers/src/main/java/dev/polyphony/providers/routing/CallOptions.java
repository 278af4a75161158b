package dev.polyphony.providers.routing;

import dev.polyphony.budgets.Budgets.BudgetGuard;
import dev.polyphony.providers.resilience.CallOrigin;
import java.time.Duration;

/**
 * How a call is made.
 *
 * @param deadline the longest that all of it may take
 * @param hedged whether a second provider is asked when the first takes longer than it usually does
 * @param budget pays for every attempt, and is looked into before it
 * @param origin who makes it, and of what
 */
record CallOptions(Duration deadline, boolean hedged, BudgetGuard budget, CallOrigin origin) {}
