/** A receiver of webhooks on the command line, for whoever wants to see what is sent. */
@NamedInterface("cli")
@NullMarked
package dev.polyphony.webhooks.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
