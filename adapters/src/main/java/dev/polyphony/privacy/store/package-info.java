/** The keys of data subjects in PostgreSQL, wrapped with the master key. */
@NullMarked
package dev.polyphony.privacy.store;

import org.jspecify.annotations.NullMarked;
