/**
 * Signed statements about the history that are kept outside the database, so that whoever can change the database cannot also
 * change what was said about it.
 */
@NamedInterface("checkpoints")
@NullMarked
package dev.polyphony.eventstore.checkpoints;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
