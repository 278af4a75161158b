/** Requests that came with a key, in PostgreSQL: their answers encrypted, the key and the body as digests only. */
@NullMarked
package dev.polyphony.identity.idempotency.store;

import org.jspecify.annotations.NullMarked;
