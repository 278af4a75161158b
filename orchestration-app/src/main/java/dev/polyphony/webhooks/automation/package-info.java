/** The router that assigns events to endpoints, and the loop that delivers them. */
@NullMarked
package dev.polyphony.webhooks.automation;

import org.jspecify.annotations.NullMarked;
