/** Providers follow what operators decided, and are probed now and then. */
@NullMarked
package dev.polyphony.providers.automation;

import org.jspecify.annotations.NullMarked;
