/** The form in which JSON is stored, and values whose form only their context knows. */
@NamedInterface("json")
@NullMarked
package dev.polyphony.eventstore.json;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
