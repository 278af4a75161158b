/** Keeps in the history what somebody tried: sampled, without secrets and without addresses. */
@NullMarked
package dev.polyphony.identity.monitoring;

import org.jspecify.annotations.NullMarked;
