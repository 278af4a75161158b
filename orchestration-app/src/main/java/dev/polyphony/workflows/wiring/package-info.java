@NullMarked
package dev.polyphony.workflows.wiring;

import org.jspecify.annotations.NullMarked;
