/**
 * The history: one gapless order of events in PostgreSQL, behind Axon's storage engine.
 * Events are stored under their stable names; nothing here knows what they mean.
 */
@ApplicationModule(type = ApplicationModule.Type.OPEN)
@NullMarked
package dev.polyphony.eventstore;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
