/** Tells Axon and Spring about webhooks: the router that hears events, and the loop that sends them. */
@NullMarked
package dev.polyphony.webhooks.wiring;

import org.jspecify.annotations.NullMarked;
