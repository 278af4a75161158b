/** Calls to model vendors over HTTP: their limits, their streams and their errors. */
@NullMarked
package dev.polyphony.providers.client;

import org.jspecify.annotations.NullMarked;
