/**
 * What a workflow works on: a repository or a text, and the facts that code finds in it.
 * Facts are computed, never guessed; models reason over them later.
 */
@ApplicationModule(allowedDependencies = {"shared", "shared :: secrets", "outbound", "platform", "identity"})
@NullMarked
package dev.polyphony.inspection;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
