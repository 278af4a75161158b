/**
 * What tenants, agents and runs may spend on models. Every attempt is counted in a ledger that all nodes share; who has spent all is
 * refused, and the history hears of it once.
 */
@NamedInterface("budgets")
@NullMarked
package dev.polyphony.providers.budgets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
