/** The history as operators read it: every event, whatever its context, in one form. */
@ApplicationModule(allowedDependencies = {"shared", "config", "db", "eventstore"})
@NullMarked
package dev.polyphony.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
