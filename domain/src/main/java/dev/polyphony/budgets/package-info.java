/**
 * What tenants, agents and runs may spend on models. Every attempt is counted in a ledger that all nodes share.
 * Who has spent all is refused, and one event tells about it.
 */
@ApplicationModule(
        allowedDependencies = {"platform :: security", "shared", "db :: budgets", "platform :: metrics", "identity"})
@NullMarked
package dev.polyphony.budgets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
