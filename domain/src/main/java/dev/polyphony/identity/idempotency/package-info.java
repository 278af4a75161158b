/**
 * Requests that may be sent twice and count once: what they were answered is kept for a day under the key that their sender chose.
 */
@NullMarked
package dev.polyphony.identity.idempotency;

import org.jspecify.annotations.NullMarked;
