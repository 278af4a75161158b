/** The beans of inspection. */
@NullMarked
package dev.polyphony.inspection.wiring;

import org.jspecify.annotations.NullMarked;
