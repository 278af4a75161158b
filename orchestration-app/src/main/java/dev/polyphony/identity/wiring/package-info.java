@NullMarked
package dev.polyphony.identity.wiring;

import org.jspecify.annotations.NullMarked;
