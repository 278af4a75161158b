/** The first key, so that somebody can use the server. */
@NullMarked
package dev.polyphony.identity.automation;

import org.jspecify.annotations.NullMarked;
