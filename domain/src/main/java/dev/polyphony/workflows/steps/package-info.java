/** How a step is done: read the run so far, gather the material, ask a model for the agent, report the result. */
@NamedInterface("steps")
@NullMarked
package dev.polyphony.workflows.steps;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
