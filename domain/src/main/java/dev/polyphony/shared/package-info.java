/**
 * The words that every context speaks: tenants, provenance, refusals, event names.
 * A closed list of twenty types at most; what only one context needs lives there.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.polyphony.shared;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
