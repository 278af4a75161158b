/** Task types that every server has. */
@NamedInterface("builtin")
@NullMarked
package dev.polyphony.workflows.builtin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
