/** Each node follows what is decided about limits, and deletes what is full again. */
@NullMarked
package dev.polyphony.identity.limits.automation;

import org.jspecify.annotations.NullMarked;
