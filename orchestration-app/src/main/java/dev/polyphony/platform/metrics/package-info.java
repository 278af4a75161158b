/** What contexts need to be measured. */
@NamedInterface("metrics")
@NullMarked
package dev.polyphony.platform.metrics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
