/**
 * How many requests a tenant may send: by its tier, unless an operator decided otherwise for it. All nodes together keep to it.
 */
@NullMarked
package dev.polyphony.identity.limits;

import org.jspecify.annotations.NullMarked;
