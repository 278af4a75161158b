@NullMarked
package dev.polyphony.audit.wiring;

import org.jspecify.annotations.NullMarked;
