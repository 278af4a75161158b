/** Users and what they prove themselves with, in PostgreSQL. */
@NullMarked
package dev.polyphony.identity.store.users;

import org.jspecify.annotations.NullMarked;
