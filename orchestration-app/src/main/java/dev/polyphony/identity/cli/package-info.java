/** API keys on the command line: asks a running server. */
@NamedInterface("cli")
@NullMarked
package dev.polyphony.identity.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
