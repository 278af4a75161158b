/** Replies in JSON that are valid by a schema, from models that are not sure to write it. */
@NullMarked
package dev.polyphony.providers.structured;

import org.jspecify.annotations.NullMarked;
