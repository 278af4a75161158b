/**
 * Sends what endpoints are owed: one attempt, the waits between attempts, and the loop that keeps every endpoint going.
 * Delivery is at least once.
 */
@NullMarked
package dev.polyphony.webhooks.delivery;

import org.jspecify.annotations.NullMarked;
