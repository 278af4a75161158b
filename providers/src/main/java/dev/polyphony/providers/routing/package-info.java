/** Which providers there are, and the order in which they are asked. */
@NullMarked
package dev.polyphony.providers.routing;

import org.jspecify.annotations.NullMarked;
