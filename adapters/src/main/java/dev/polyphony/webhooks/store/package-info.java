/** Webhooks in PostgreSQL: the directory of endpoints, their encrypted secrets, and the deliveries that they are owed. */
@NullMarked
package dev.polyphony.webhooks.store;

import org.jspecify.annotations.NullMarked;
