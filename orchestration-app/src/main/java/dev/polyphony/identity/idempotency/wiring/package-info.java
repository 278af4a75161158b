/** The settings of requests with a key. */
@NullMarked
package dev.polyphony.identity.idempotency.wiring;

import org.jspecify.annotations.NullMarked;
