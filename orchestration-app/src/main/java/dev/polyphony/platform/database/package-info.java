/** The database of this server: its own or the operator's. */
@NamedInterface("database")
@NullMarked
package dev.polyphony.platform.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
