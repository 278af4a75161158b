/**
 * How a delivery proves where it comes from: the Standard Webhooks headers and the signature in the body.
 * The key of both is the endpoint's secret.
 */
@NullMarked
package dev.polyphony.webhooks.signing;

import org.jspecify.annotations.NullMarked;
