/** What went wrong, in the form of each base path. */
@NamedInterface("errors")
@NullMarked
package dev.polyphony.platform.errors;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
