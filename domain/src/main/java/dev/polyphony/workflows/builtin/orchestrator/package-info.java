/** The first built-in definition: an inspection, and four layers that detect, decide, propose and sum up. */
@NamedInterface("orchestrator")
@NullMarked
package dev.polyphony.workflows.builtin.orchestrator;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
