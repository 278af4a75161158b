/** Keys, sessions and revocations of signed tokens in PostgreSQL. */
@NullMarked
package dev.polyphony.identity.store.tokens;

import org.jspecify.annotations.NullMarked;
