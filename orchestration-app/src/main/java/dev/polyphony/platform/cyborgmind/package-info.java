/** How CyborgMind's paths word their errors. */
@NullMarked
package dev.polyphony.platform.cyborgmind;

import org.jspecify.annotations.NullMarked;
