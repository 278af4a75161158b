/**
 * The PostgreSQL server that Polyphony brings along, and the tables of every context as jOOQ sees them, one package for each schema.
 * The packages below this one are generated from the migrations; nobody edits them.
 */
@ApplicationModule(type = ApplicationModule.Type.OPEN)
@NullMarked
package dev.polyphony.db;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
