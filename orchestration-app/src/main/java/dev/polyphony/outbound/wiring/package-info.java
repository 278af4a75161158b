/** The beans of outbound calls. */
@NullMarked
package dev.polyphony.outbound.wiring;

import org.jspecify.annotations.NullMarked;
