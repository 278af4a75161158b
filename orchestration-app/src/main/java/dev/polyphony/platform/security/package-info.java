/** Who may call which endpoint, and the secrets of this server. */
@NamedInterface("security")
@NullMarked
package dev.polyphony.platform.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
