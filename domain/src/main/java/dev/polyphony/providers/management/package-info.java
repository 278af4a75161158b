/**
 * How operators change a provider while the server runs. What they decide is in the history, so that every node does the same and
 * keeps to it after a restart; what is deployed stays as it is and counts wherever nothing was decided.
 */
@NamedInterface("management")
@NullMarked
package dev.polyphony.providers.management;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
