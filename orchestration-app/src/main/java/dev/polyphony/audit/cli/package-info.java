/** The history on the command line, for whoever holds an export: neither a server nor a database is needed. */
@NamedInterface("cli")
@NullMarked
package dev.polyphony.audit.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
