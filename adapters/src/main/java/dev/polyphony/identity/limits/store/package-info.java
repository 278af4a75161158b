/** The tokens of all nodes, in PostgreSQL. */
@NullMarked
package dev.polyphony.identity.limits.store;

import org.jspecify.annotations.NullMarked;
