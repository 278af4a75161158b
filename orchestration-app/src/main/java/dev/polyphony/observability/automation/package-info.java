/** What the router does is measured and traced. */
@NullMarked
package dev.polyphony.observability.automation;

import org.jspecify.annotations.NullMarked;
