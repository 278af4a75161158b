/** What the history keeps of attempts to get in and to do harm: sampled, and without a secret or an address. */
@NamedInterface("alerts")
@NullMarked
package dev.polyphony.identity.alerts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
