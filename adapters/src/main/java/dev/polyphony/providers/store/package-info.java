/** What models were paid, in PostgreSQL. */
@NullMarked
package dev.polyphony.providers.store;

import org.jspecify.annotations.NullMarked;
