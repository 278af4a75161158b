/** Finds secrets in texts, so that they are neither quoted nor passed on. */
@NamedInterface("secrets")
@NullMarked
package dev.polyphony.shared.secrets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
