/** Answers requests that come again under the same key as they were answered the first time. */
@NullMarked
package dev.polyphony.identity.idempotency.web;

import org.jspecify.annotations.NullMarked;
