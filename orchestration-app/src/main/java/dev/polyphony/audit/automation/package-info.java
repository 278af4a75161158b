/** The key that checkpoints are signed with, and the comparison of the history with what was signed, at each start. */
@NullMarked
package dev.polyphony.audit.automation;

import org.jspecify.annotations.NullMarked;
