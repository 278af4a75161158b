/**
 * Encrypts what events say about people, field by field, on its way into JSON, and decrypts it on the way back.
 * Events mark what is personal; their {@link dev.polyphony.shared.DataSubject} names whose key it takes.
 */
@NamedInterface("crypto")
@NullMarked
package dev.polyphony.eventstore.crypto;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
