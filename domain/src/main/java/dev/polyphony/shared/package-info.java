/**
 * The words that every context speaks: tenants, origins of messages, rejections, event names.
 * A closed list of twenty types at most; what only one context needs lives there.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.polyphony.shared;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
