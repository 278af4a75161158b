/**
 * Who may be called: the rule for addresses that users and operators give.
 * The guarded HTTP client applies it to the address of every connection.
 */
@ApplicationModule(allowedDependencies = {"shared"})
@NullMarked
package dev.polyphony.outbound;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
