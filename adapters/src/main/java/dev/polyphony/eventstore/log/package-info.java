/**
 * The log itself: one gapless, hash-chained order of events in PostgreSQL, written by group commit and followed from memory.
 * It knows nothing of Axon and nothing of what events mean.
 */
@NamedInterface("log")
@NullMarked
package dev.polyphony.eventstore.log;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
