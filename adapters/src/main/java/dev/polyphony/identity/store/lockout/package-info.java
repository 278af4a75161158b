/** Failures to prove who one is, in PostgreSQL. */
@NullMarked
package dev.polyphony.identity.store.lockout;

import org.jspecify.annotations.NullMarked;
