/** Says in two lines why the server did not start, and what to do. */
@NullMarked
package dev.polyphony.platform.startup;

import org.jspecify.annotations.NullMarked;
