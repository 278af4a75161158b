/** Callers of the API: who they are and how their keys are checked. */
@NamedInterface("web")
@NullMarked
package dev.polyphony.identity.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
