/**
 * Seals what events say about people, field by field, on its way into JSON, and opens it on the way back.
 * What is marked is in the events; whose key it takes is told by {@link dev.polyphony.shared.DataSubject}.
 */
@NamedInterface("crypto")
@NullMarked
package dev.polyphony.eventstore.crypto;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
