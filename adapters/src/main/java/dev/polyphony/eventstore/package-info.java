/**
 * The history: one gapless order of events in PostgreSQL, behind Axon's storage engine.
 * Events are stored under their stable names; nothing here knows what they mean.
 */
@ApplicationModule(allowedDependencies = {"shared", "postgres", "db :: eventstore"})
@NullMarked
package dev.polyphony.eventstore;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
