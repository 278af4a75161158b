/** The PostgreSQL server that Polyphony brings along, the roles that work in it, and what its failures mean. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.polyphony.postgres;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
