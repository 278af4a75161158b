/**
 * What we rest on inside Axon: its threads, tokens and dead letters. A contract test names the version it was written for.
 */
@NamedInterface("axon")
@NullMarked
package dev.polyphony.eventstore.axon;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
