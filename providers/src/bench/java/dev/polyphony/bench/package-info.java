/** Measures what the router and an adapter add to a call. Every figure is from one run on one machine. */
@NullMarked
package dev.polyphony.bench;

import org.jspecify.annotations.NullMarked;
