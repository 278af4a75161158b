@NullMarked
package dev.polyphony.privacy.wiring;

import org.jspecify.annotations.NullMarked;
