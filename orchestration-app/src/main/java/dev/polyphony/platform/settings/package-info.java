/** Every setting with its default and its meaning, for the command line and for the check at the start. */
@NamedInterface("settings")
@NullMarked
package dev.polyphony.platform.settings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
