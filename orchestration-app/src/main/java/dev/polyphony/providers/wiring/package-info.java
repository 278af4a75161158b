@NullMarked
package dev.polyphony.providers.wiring;

import org.jspecify.annotations.NullMarked;
