/**
 * Lifts events that older versions stored to the form that this version reads. What is stored stays as it is, and so does its
 * hash.
 */
@NamedInterface("upcasters")
@NullMarked
package dev.polyphony.eventstore.upcasters;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
