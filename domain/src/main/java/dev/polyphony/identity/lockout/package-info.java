/** Guessing is made useless: who fails too often is not listened to for a while. */
@NamedInterface("lockout")
@NullMarked
package dev.polyphony.identity.lockout;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
