/** How a step is done: read the run so far, gather the material, ask a model for the agent, report the result. */
@NamedInterface("engine")
@NullMarked
package dev.polyphony.workflows.engine;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
