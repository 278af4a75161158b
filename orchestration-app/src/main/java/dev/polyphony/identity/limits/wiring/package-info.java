/** The beans and settings of limits. */
@NullMarked
package dev.polyphony.identity.limits.wiring;

import org.jspecify.annotations.NullMarked;
