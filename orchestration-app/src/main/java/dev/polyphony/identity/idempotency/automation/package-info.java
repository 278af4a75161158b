/** Deletes requests with a key when their day is over. */
@NullMarked
package dev.polyphony.identity.idempotency.automation;

import org.jspecify.annotations.NullMarked;
