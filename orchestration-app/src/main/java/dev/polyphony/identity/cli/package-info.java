/** API keys on the command line: asks a running server. */
@NullMarked
package dev.polyphony.identity.cli;

import org.jspecify.annotations.NullMarked;
