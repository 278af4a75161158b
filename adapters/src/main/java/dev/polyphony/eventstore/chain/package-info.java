/**
 * An event in its place in the history, and the hash that chains it to the event before it.
 * Whoever writes, reads or verifies the history computes with these and with nothing else.
 */
@NamedInterface("chain")
@NullMarked
package dev.polyphony.eventstore.chain;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
