/**
 * The tables of every context as jOOQ sees them, one package for each schema. They are generated from the migrations, each schema as
 * a named interface, so that a context can be allowed the tables of its own and no others.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.polyphony.db;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
