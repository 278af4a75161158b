/** Steps that start when their event is committed, runs of dead nodes, and the sample run. */
@NullMarked
package dev.polyphony.workflows.automation;

import org.jspecify.annotations.NullMarked;
