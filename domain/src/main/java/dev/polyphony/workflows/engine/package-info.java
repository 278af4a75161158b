/**
 * How a step is done: read the run, resolve what the step is given, do the work, report the result. Kinds of work are
 * registered: {@link dev.polyphony.workflows.engine.TaskType}, {@link dev.polyphony.workflows.engine.ContextSource}.
 */
@NamedInterface("engine")
@NullMarked
package dev.polyphony.workflows.engine;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
