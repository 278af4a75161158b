/**
 * Who does the work: agents with a name, a character and capabilities.
 * An agent decides how a model is asked; which model answers is the router's choice.
 */
@ApplicationModule(allowedDependencies = {"shared"})
@NullMarked
package dev.polyphony.agents;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
