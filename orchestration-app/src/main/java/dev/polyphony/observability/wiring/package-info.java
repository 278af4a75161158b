/** Tells Spring what is measured. */
@NullMarked
package dev.polyphony.observability.wiring;

import org.jspecify.annotations.NullMarked;
