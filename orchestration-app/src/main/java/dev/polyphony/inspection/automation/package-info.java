/** Whose repositories lie where. */
@NullMarked
package dev.polyphony.inspection.automation;

import org.jspecify.annotations.NullMarked;
